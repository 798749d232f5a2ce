package org.restream.reliability.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.restream.ClientEvent;
import org.restream.ClientOptions;
import org.restream.Incoming;
import org.restream.Outgoing;
import org.restream.Restream;
import org.restream.RestreamClient;
import org.restream.RestreamServer;
import org.restream.ServerEvent;
import org.restream.ServerOptions;
import org.restream.testing.Events;
import org.restream.testing.JavaProcess;
import org.restream.testing.Pattern;
import org.restream.testing.Pieces;

/**
 * The peer's process is stopped (SIGSTOP) inside a body: its system keeps the connection, and nobody reads or writes.
 */
class FrozenPeerTest {
    private static final int SEED = 7;
    /** More than all system buffers between the two hold. */
    private static final int HALF = 16 << 20;

    private static final int LENGTH = 2 * HALF;
    private static final long A_WHILE_MILLIS = 300;
    private static final Duration IDLE = Duration.ofMillis(500);

    /** Sends a pattern, and checks that the peer sends the same. */
    private static void exchange(Outgoing out, Incoming in) throws IOException {
        in.onData(new Checking()::take).onEnd(() -> {});
        Pieces.write(out, new Pattern(SEED), LENGTH, 65_536);
        out.end();
    }

    private static final class Checking {
        private final Pattern pattern = new Pattern(SEED);

        void take(byte[] data) {
            pattern.check(data, 0, data.length);
        }
    }

    /** An echo server in a process of its own. */
    static final class Server {
        public static void main(String[] arguments) throws IOException {
            RestreamServer server =
                    Restream.createServer((req, res) -> req.transferTo(res)).listen(0);
            System.out.println(server.address().getPort());
        }
    }

    /** A client in a process of its own that sends, and checks the echo. */
    static final class Client {
        public static void main(String[] arguments) {
            ClientOptions options = ClientOptions.defaults()
                    .servers("127.0.0.1:" + arguments[0])
                    .retryDelay(Duration.ofMillis(50))
                    .listener(event -> System.out.println(event.getClass().getSimpleName()));
            Restream.createClient(options, FrozenPeerTest::exchange);
        }
    }

    private static ClientOptions to(JavaProcess server) throws IOException {
        return ClientOptions.defaults().servers("127.0.0.1:" + server.line()).retryDelay(Duration.ofMillis(50));
    }

    /** Freezes the peer half-way, once; the rest follows when the peer continues. */
    private static void halfThenFreeze(Outgoing out, Incoming in, JavaProcess peer, CompletableFuture<Void> frozen)
            throws Exception {
        Pattern pattern = new Pattern(SEED);
        in.onData(new Checking()::take).onEnd(() -> {});
        Pieces.write(out, pattern, HALF, 65_536);
        if (!frozen.isDone()) {
            peer.signal("STOP");
            frozen.complete(null);
        }
        Pieces.write(out, pattern, HALF, 65_536);
        out.end();
    }

    @Test
    void a_server_that_goes_on_again_has_lost_nothing() throws Exception {
        CompletableFuture<Void> frozen = new CompletableFuture<>();
        Events<ClientEvent> events = new Events<>();
        try (JavaProcess server = JavaProcess.start(Server.class);
                RestreamClient client = Restream.createClient(
                        to(server).listener(events), (req, res) -> halfThenFreeze(req, res, server, frozen))) {
            frozen.get(30, TimeUnit.SECONDS);
            assertThatThrownBy(() -> client.completion().get(A_WHILE_MILLIS, TimeUnit.MILLISECONDS))
                    .isInstanceOf(TimeoutException.class);
            server.signal("CONT");
            client.completion().get(30, TimeUnit.SECONDS);
        }
        assertThat(events.names()).containsExactly("Connecting", "Connected", "Completed", "Closed");
        assertThat(events.all(ClientEvent.Completed.class).get(0).bytesReceived())
                .isEqualTo(LENGTH);
    }

    @Test
    void with_idleTimeout_a_frozen_server_is_lost_and_the_client_comes_back_when_it_goes_on() throws Exception {
        CompletableFuture<Void> frozen = new CompletableFuture<>();
        Events<ClientEvent> events = new Events<>();
        try (JavaProcess server = JavaProcess.start(Server.class);
                RestreamClient client = Restream.createClient(
                        to(server).idleTimeout(IDLE).listener(events),
                        (req, res) -> halfThenFreeze(req, res, server, frozen))) {
            frozen.get(30, TimeUnit.SECONDS);
            ClientEvent.Lost lost = events.await(ClientEvent.Lost.class);
            // a server whose JVM is slow to begin may be lost before it is frozen
            while (lost.bytesSent() < HALF) {
                lost = events.await(ClientEvent.Lost.class);
            }
            assertThat(lost.cause()).hasMessageContaining("(idleTimeout)");
            // the frozen peer's system still accepts
            events.await(ClientEvent.Connected.class);
            assertThat(events.await(ClientEvent.Lost.class).cause()).hasMessageContaining("(idleTimeout)");
            server.signal("CONT");
            client.completion().get(30, TimeUnit.SECONDS);
        }
        assertThat(events.all(ClientEvent.Completed.class).get(0).bytesReceived())
                .isEqualTo(LENGTH);
    }

    /** Echoes one half, freezes the client once, and echoes the other half. */
    private static void echoAndFreeze(
            Incoming req, Outgoing res, CompletableFuture<JavaProcess> peer, CompletableFuture<Void> frozen)
            throws Exception {
        res.write(req.readNBytes(HALF));
        if (!frozen.isDone()) {
            peer.get().signal("STOP");
            frozen.complete(null);
        }
        req.transferTo(res);
    }

    private static void completes(JavaProcess client) throws IOException {
        String line = client.line();
        while (line != null && !line.equals("Completed")) {
            line = client.line();
        }
        assertThat(line).isEqualTo("Completed");
    }

    @Test
    void a_client_that_goes_on_again_has_lost_nothing() throws Exception {
        CompletableFuture<JavaProcess> peer = new CompletableFuture<>();
        CompletableFuture<Void> frozen = new CompletableFuture<>();
        Events<ServerEvent> events = new Events<>();
        try (RestreamServer server = Restream.createServer(
                                ServerOptions.defaults().listener(events),
                                (req, res) -> echoAndFreeze(req, res, peer, frozen))
                        .listen(0);
                JavaProcess client =
                        JavaProcess.start(Client.class, server.address().getPort())) {
            peer.complete(client);
            frozen.get(30, TimeUnit.SECONDS);
            assertThat(events.names()).containsExactly("Listening", "Accepted");
            client.signal("CONT");
            assertThat(events.await(ServerEvent.Completed.class).bytesReceived())
                    .isEqualTo(LENGTH);
            completes(client);
        }
        assertThat(events.names()).startsWith("Listening", "Accepted", "Completed");
    }

    @Test
    void with_idleTimeout_a_frozen_client_is_lost_and_comes_back_when_it_goes_on() throws Exception {
        CompletableFuture<JavaProcess> peer = new CompletableFuture<>();
        CompletableFuture<Void> frozen = new CompletableFuture<>();
        Events<ServerEvent> events = new Events<>();
        try (RestreamServer server = Restream.createServer(
                                ServerOptions.defaults().idleTimeout(IDLE).listener(events),
                                (req, res) -> echoAndFreeze(req, res, peer, frozen))
                        .listen(0);
                JavaProcess client =
                        JavaProcess.start(Client.class, server.address().getPort())) {
            peer.complete(client);
            frozen.get(30, TimeUnit.SECONDS);
            ServerEvent.Failed failed = events.await(ServerEvent.Failed.class);
            // a client whose JVM is slow to begin may be lost before it is frozen
            while (failed.bytesReceived() < HALF) {
                failed = events.await(ServerEvent.Failed.class);
            }
            assertThat(failed.cause()).hasMessageContaining("(idleTimeout)");
            client.signal("CONT");
            assertThat(events.await(ServerEvent.Completed.class).bytesReceived())
                    .isEqualTo(LENGTH);
            completes(client);
        }
    }
}
