package org.restream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.restream.testing.Events;
import org.restream.testing.Pattern;
import org.restream.testing.Pieces;

/** 256 MiB in both directions at the same time: no deadlock, and no byte is lost. */
class DuplexTest {
    private static final int SEED = 256;
    private static final long LENGTH = 256L << 20;
    private static final int PIECE = 65_536;

    /** What the exchanges go over; a subclass has sessions in their place. */
    ClientOptions client(ClientOptions options) {
        return options;
    }

    ServerOptions server(ServerOptions options) {
        return options;
    }

    private void exchange(RestreamServer.Handler echo, RestreamClient.Handler handler) throws Exception {
        Events<ServerEvent> events = new Events<>();
        try (RestreamServer server = Restream.createServer(
                        server(ServerOptions.defaults().listener(events)), echo)
                .listen(0)) {
            ClientOptions options = ClientOptions.defaults()
                    .servers("127.0.0.1:" + server.address().getPort())
                    .reconnect(Reconnect.UNTIL_CONNECTED);
            try (RestreamClient client = Restream.createClient(client(options), handler)) {
                client.completion().get(55, TimeUnit.SECONDS);
            }
            ServerEvent.Completed completed = events.await(ServerEvent.Completed.class);
            assertThat(completed.bytesReceived()).isEqualTo(LENGTH);
            assertThat(completed.bytesSent()).isEqualTo(LENGTH);
        }
    }

    private static void echoByEvents(Incoming req, Outgoing res) {
        req.onData(res::write).onEnd(res::end);
    }

    @Test
    void a_handler_writes_while_its_listener_gets_the_echo() throws Exception {
        Pattern back = new Pattern(SEED);
        exchange(DuplexTest::echoByEvents, (req, res) -> {
            res.onData(data -> back.check(data, 0, data.length));
            Pieces.write(req, new Pattern(SEED), LENGTH, PIECE);
            req.end();
        });
        assertThat(back.position()).isEqualTo(LENGTH);
    }

    @Test
    void a_thread_writes_while_the_handler_reads_the_echo_of_transferTo() throws Exception {
        exchange((req, res) -> req.transferTo(res), (req, res) -> {
            CompletableFuture<Void> written = CompletableFuture.runAsync(() -> {
                try {
                    Pieces.write(req, new Pattern(SEED), LENGTH, PIECE);
                    req.end();
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
            });
            assertThat(Pieces.check(res, new Pattern(SEED))).isEqualTo(LENGTH);
            written.get();
        });
    }

    @Test
    void a_thread_of_the_users_writes_while_a_listener_gets_the_echo_of_transferTo() throws Exception {
        Pattern back = new Pattern(SEED);
        exchange((req, res) -> req.transferTo(res), (req, res) -> {
            res.onData(data -> back.check(data, 0, data.length));
            Thread writer = new Thread(() -> {
                try {
                    Pieces.write(req, new Pattern(SEED), LENGTH, 1_000);
                    req.end();
                } catch (Exception e) {
                    req.abort();
                }
            });
            writer.start();
        });
        assertThat(back.position()).isEqualTo(LENGTH);
    }
}
