package org.restream.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.restream.ClientEvent;
import org.restream.ClientOptions;
import org.restream.Restream;
import org.restream.RestreamClient;
import org.restream.RestreamServer;
import org.restream.ServerEvent;
import org.restream.ServerOptions;
import org.restream.testing.JavaProcess;

/** JVMs end even if their handlers or listeners do not return, or call {@code System.exit}. */
class ForeignCodeExitTest {
    private static final int STATUS = 7;

    /** Ignores interrupts. */
    private static void blockForEver() {
        new CompletableFuture<Void>().join();
    }

    private static ClientOptions to(RestreamServer server) {
        return ClientOptions.defaults().servers("127.0.0.1:" + server.address().getPort());
    }

    static final class HeedlessHandler {
        public static void main(String[] arguments) throws Exception {
            RestreamServer server = Restream.createServer().listen(0);
            CompletableFuture<Void> reached = new CompletableFuture<>();
            RestreamClient closed = Restream.createClient(to(server), (req, res) -> {
                reached.complete(null);
                blockForEver();
            });
            Restream.createClient(to(server).maxTime(Duration.ofMillis(100)), (req, res) -> blockForEver());
            reached.join();
            closed.close();
            server.close(Duration.ZERO);
        }
    }

    static final class HeedlessListeners {
        public static void main(String[] arguments) throws Exception {
            CompletableFuture<Void> reached = new CompletableFuture<>();
            RestreamServer server = Restream.createServer(
                            ServerOptions.defaults().listener(event -> {
                                if (event instanceof ServerEvent.Accepted) {
                                    reached.complete(null);
                                    blockForEver();
                                }
                            }))
                    .listen(0);
            RestreamClient client = Restream.createClient(to(server).listener(event -> {
                if (event instanceof ClientEvent.Connected) {
                    blockForEver();
                }
            }));
            reached.join();
            client.close();
            server.close(Duration.ZERO);
        }
    }

    static final class ExitInListener {
        public static void main(String[] arguments) throws Exception {
            Class<?> when = Class.forName("org.restream." + arguments[0]);
            RestreamServer server = Restream.createServer(
                            ServerOptions.defaults().closeGrace(Duration.ZERO).listener(event -> exit(when, event)))
                    .listen(0);
            RestreamClient client = Restream.createClient(to(server).listener(event -> exit(when, event)));
            // as well-behaved programs do
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                client.close();
                server.close();
            }));
            client.completion().exceptionally(failure -> null).join();
            server.close();
        }

        private static void exit(Class<?> when, Object event) {
            if (when.isInstance(event)) {
                System.exit(STATUS);
            }
        }
    }

    static final class ExitInHandler {
        public static void main(String[] arguments) throws Exception {
            RestreamServer server =
                    Restream.createServer((req, res) -> System.exit(STATUS)).listen(0);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> server.close(Duration.ZERO)));
            Restream.createClient(to(server));
        }
    }

    @Test
    void closed_they_hold_no_jvm() throws Exception {
        try (JavaProcess handlers = JavaProcess.start(HeedlessHandler.class);
                JavaProcess listeners = JavaProcess.start(HeedlessListeners.class)) {
            assertThat(handlers.exitCode()).isZero();
            assertThat(listeners.exitCode()).isZero();
        }
    }

    @Test
    void exit_is_the_end_wherever_it_is_called() throws Exception {
        try (JavaProcess accepted = JavaProcess.start(ExitInListener.class, "ServerEvent$Accepted");
                JavaProcess connecting = JavaProcess.start(ExitInListener.class, "ClientEvent$Connecting");
                JavaProcess closed = JavaProcess.start(ExitInListener.class, "ClientEvent$Closed");
                JavaProcess handler = JavaProcess.start(ExitInHandler.class)) {
            assertThat(accepted.exitCode()).isEqualTo(STATUS);
            assertThat(connecting.exitCode()).isEqualTo(STATUS);
            assertThat(closed.exitCode()).isEqualTo(STATUS);
            assertThat(handler.exitCode()).isEqualTo(STATUS);
        }
    }
}
