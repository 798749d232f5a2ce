package org.restream.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.restream.ClientOptions;
import org.restream.Restream;
import org.restream.RestreamSession;
import org.restream.ServerEvent;

/** The last frames of a session may be lost: the server hears of its answers' arrival all the same. */
@Timeout(60)
class SessionLastWordTest {
    /** Resets its first connection in place of what the client says after the answer; lets all others pass. */
    private static final class Relay implements AutoCloseable {
        private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        private final InetSocketAddress target;
        private final CompletableFuture<Void> cut = new CompletableFuture<>();

        Relay(InetSocketAddress target) throws IOException {
            this.target = target;
            start(() -> {
                relay(true);
                relay(false);
            });
        }

        private void relay(boolean cuts) throws IOException {
            Socket client = listening.accept();
            Socket server = new Socket(target.getAddress(), target.getPort());
            start(() -> {
                byte[] piece = new byte[4096];
                StringBuilder said = new StringBuilder();
                for (int count; (count = server.getInputStream().read(piece)) > 0; ) {
                    client.getOutputStream().write(piece, 0, count);
                    said.append(new String(piece, 0, count, java.nio.charset.StandardCharsets.ISO_8859_1));
                    if (said.indexOf("the answer") >= 0 && cuts) {
                        cut.complete(null);
                    }
                }
            });
            byte[] piece = new byte[4096];
            for (int count; (count = client.getInputStream().read(piece)) > 0; ) {
                if (cut.isDone() && cuts) {
                    RawSessionServer.reset(client);
                    RawSessionServer.reset(server);
                    return;
                }
                server.getOutputStream().write(piece, 0, count);
            }
        }

        private interface Work {
            void run() throws IOException;
        }

        private static void start(Work work) {
            Thread thread = new Thread(() -> {
                try {
                    work.run();
                } catch (IOException e) {
                    // closed
                }
            });
            thread.setDaemon(true);
            thread.start();
        }

        String address() {
            return "127.0.0.1:" + listening.getLocalPort();
        }

        @Override
        public void close() throws IOException {
            listening.close();
        }
    }

    @Test
    void an_answer_whose_acknowledgement_is_lost_has_completed() throws Exception {
        try (SessionPair pair = SessionPair.of((req, res) -> res.end("the answer"));
                Relay relay = new Relay(pair.server.address());
                RestreamSession session =
                        Restream.createSession(ClientOptions.defaults().servers(relay.address()))) {
            String answer = session.exchange((req, res) -> {
                req.end();
                return res.readText();
            });
            assertThat(answer).isEqualTo("the answer");
            relay.cut.get(10, TimeUnit.SECONDS);
            pair.atServer.await(ServerEvent.Completed.class);
            assertThat(pair.atServer.names()).doesNotContain("Failed");
        }
    }
}
