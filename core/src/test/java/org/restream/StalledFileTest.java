package org.restream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.RandomAccessFile;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.restream.testing.Events;

/** Sending a file to a peer that reads nothing ends like any other write. */
class StalledFileTest {
    private static final long SIZE = 200_000_000;

    private final Events<ServerEvent> events = new Events<>();
    private final CompletableFuture<Outgoing> sending = new CompletableFuture<>();

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void make() throws Exception {
        file = folder.resolve("large");
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(SIZE);
        }
    }

    private RestreamServer server(ServerOptions options) throws Exception {
        return Restream.createServer(options.port(0).listener(events), (req, res) -> {
                    req.header();
                    sending.complete(res);
                    res.transferFrom(file);
                })
                .listen();
    }

    private static Socket ask(RestreamServer server) throws Exception {
        Socket socket = new Socket("127.0.0.1", server.address().getPort());
        socket.getOutputStream().write("{}\n\n".getBytes(UTF_8));
        return socket;
    }

    @Test
    void the_idle_timeout_ends_it() throws Exception {
        try (RestreamServer server = server(ServerOptions.defaults().idleTimeout(Duration.ofMillis(200)));
                Socket socket = ask(server)) {
            assertThat(events.await(ServerEvent.Failed.class).cause()).hasMessageContaining("(idleTimeout)");
            assertThat(socket.isClosed()).isFalse();
        }
    }

    @Test
    void an_abort_ends_it() throws Exception {
        try (RestreamServer server = server(ServerOptions.defaults());
                Socket socket = ask(server)) {
            Outgoing res = sending.get(30, TimeUnit.SECONDS);
            // the header has arrived, so the file is being sent
            assertThat(socket.getInputStream().read()).isEqualTo('{');
            res.abort();

            assertThat(events.await(ServerEvent.Failed.class).cause())
                    .hasMessageContaining("the exchange was aborted by this side");
        }
    }

    @Test
    void the_peers_reset_ends_it() throws Exception {
        try (RestreamServer server = server(ServerOptions.defaults())) {
            Socket socket = ask(server);
            assertThat(socket.getInputStream().read()).isEqualTo('{');
            socket.setSoLinger(true, 0);
            socket.close();

            assertThat(events.await(ServerEvent.Failed.class).cause()).isInstanceOf(ConnectionLostException.class);
        }
    }

    @Test
    void a_close_of_the_server_ends_it() throws Exception {
        RestreamServer server = server(ServerOptions.defaults());
        try (Socket socket = ask(server)) {
            assertThat(socket.getInputStream().read()).isEqualTo('{');
            server.close(Duration.ZERO);

            assertThat(events.await(ServerEvent.Failed.class).cause()).hasMessageContaining("the server was closed");
        }
    }
}
