package org.restream.reliability.leak;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import org.restream.ClientEvent;
import org.restream.ClientOptions;
import org.restream.Restream;
import org.restream.RestreamServer;
import org.restream.ServerOptions;
import org.restream.testing.FullBacklog;
import org.restream.testing.ReservedPort;
import org.restream.testing.TestCa;

/** The ways in which an attempt fails. */
enum Kind {
    REFUSED(ClientEvent.Failed.class) {
        @Override
        Server server() throws IOException {
            ReservedPort nobody = new ReservedPort();
            return new Server(nobody.address(), nobody);
        }
    },
    /** A FIN without a byte before it is an empty message (docs/wire.md). */
    ACCEPTED_AND_DROPPED(ClientEvent.Completed.class) {
        @Override
        Server server() throws IOException {
            return rude(socket -> socket.getInputStream().read());
        }
    },
    RESET_BEFORE_THE_HEADER(ClientEvent.Lost.class) {
        @Override
        Server server() throws IOException {
            return rude(socket -> reset(socket, ""));
        }
    },
    RESET_IN_THE_HEADER(ClientEvent.Lost.class) {
        @Override
        Server server() throws IOException {
            return rude(socket -> reset(socket, "{\"hea"));
        }
    },
    RESET_IN_THE_BODY(ClientEvent.Lost.class) {
        @Override
        Server server() throws IOException {
            return rude(socket -> reset(socket, "{}\n\nhalf of a bo"));
        }
    },
    CLEAN_END(ClientEvent.Completed.class) {
        @Override
        Server server() throws IOException {
            return rude(socket -> {
                socket.getInputStream().readAllBytes();
                socket.getOutputStream().write("{}\n\na body".getBytes(UTF_8));
            });
        }
    },
    CONNECT_TIMEOUT(ClientEvent.Failed.class) {
        @Override
        Server server() throws IOException {
            FullBacklog full = new FullBacklog();
            return new Server(full.address(), full);
        }

        @Override
        ClientOptions options(ClientOptions options) {
            return options.connectTimeout(Duration.ofMillis(1));
        }
    },
    UNKNOWN_HOST(ClientEvent.Failed.class) {
        @Override
        Server server() {
            return new Server("nowhere.invalid:9967", () -> {});
        }
    },
    TLS_HANDSHAKE_FAILED(ClientEvent.Failed.class) {
        @Override
        Server server() throws IOException {
            TestCa other = new TestCa();
            RestreamServer server = Restream.createServer(ServerOptions.defaults()
                            .tls(other.context(other.issue("127.0.0.1")))
                            .listener(event -> {}))
                    .listen(0);
            return new Server("127.0.0.1:" + server.address().getPort(), server);
        }

        @Override
        ClientOptions options(ClientOptions options) {
            return options.tls(CA.context());
        }
    },
    IDLE_TIMEOUT(ClientEvent.Lost.class) {
        @Override
        Server server() throws IOException {
            return rude(socket -> {
                socket.getOutputStream().write("{}\n\nand then ".getBytes(UTF_8));
                while (socket.getInputStream().read() >= 0) {
                    // until it resets the connection
                }
                // after its end, only a write notices that
                while (true) {
                    socket.getOutputStream().write(0);
                }
            });
        }

        @Override
        ClientOptions options(ClientOptions options) {
            return options.idleTimeout(Duration.ofMillis(1));
        }
    };

    /** A server: its address, and how to close it. */
    record Server(String address, AutoCloseable closing) implements AutoCloseable {
        @Override
        public void close() throws Exception {
            closing.close();
        }
    }

    private static final TestCa CA = new TestCa();

    private final Class<? extends ClientEvent> seen;

    Kind(Class<? extends ClientEvent> seen) {
        this.seen = seen;
    }

    abstract Server server() throws IOException;

    /** The event that reports it. */
    Class<? extends ClientEvent> seen() {
        return seen;
    }

    ClientOptions options(ClientOptions options) {
        return options;
    }

    private static Server rude(RudeServer.Deed deed) throws IOException {
        RudeServer server = new RudeServer(deed);
        return new Server(server.address(), server);
    }

    private static void reset(Socket socket, String said) throws IOException {
        socket.getInputStream().read();
        socket.getOutputStream().write(said.getBytes(UTF_8));
        socket.setSoLinger(true, 0);
    }
}
