package org.restream.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.restream.Header;
import org.restream.Incoming;
import org.restream.Listener;
import org.restream.Outgoing;
import org.restream.Refusal;
import org.restream.RestreamServer.Handler;
import org.restream.ServerEvent;
import org.restream.ServerOptions;
import org.restream.internal.concurrent.Threads;
import org.restream.testing.Leftovers;
import org.restream.testing.Logs;
import org.restream.testing.Raw;
import org.restream.testing.TestCa;

/**
 * A thousand connections fail in the same way at a server with room for two: each gives its place back, and nothing
 * leaks.
 */
class FailuresLeaveNothingTest {
    private static final int MANY = 1_000;
    private static final SSLContext CONTEXT = context();
    private static final Leftovers LEFTOVERS = new Leftovers();

    private Server server;

    private static SSLContext context() {
        TestCa ca = new TestCa();
        return ca.context(ca.issue("localhost"));
    }

    /** How a connection fails: by its handler, by what its client sends, or for lack of resources. */
    enum Failure {
        EXCEPTION {
            @Override
            void handle(Incoming req, Outgoing res) throws Exception {
                throw new IOException("a bug");
            }
        },
        ERROR {
            @Override
            void handle(Incoming req, Outgoing res) {
                throw new OutOfMemoryError("made by a test");
            }
        },
        ERROR_OF_A_LISTENER {
            @Override
            void handle(Incoming req, Outgoing res) {
                req.onEnd(() -> {
                    throw new StackOverflowError("made by a test");
                });
            }
        },
        ABORT {
            @Override
            void handle(Incoming req, Outgoing res) {
                res.abort();
            }
        },
        REFUSAL {
            @Override
            void handle(Incoming req, Outgoing res) throws Exception {
                throw new Refusal("not now");
            }
        },
        NO_HEADER {
            @Override
            String says() {
                return "GET / HTTP/1.1\r\n\r\n";
            }
        },
        TOO_LARGE {
            @Override
            String says() {
                return "{\"" + "x".repeat(1_000);
            }
        },
        CUT {
            @Override
            String says() {
                return "{\"a\"";
            }
        },
        NO_CONTEXT {
            @Override
            ServerOptions options(ServerOptions options, AtomicBoolean failing) {
                return options.tlsFrom(() -> {
                    if (failing.get()) {
                        throw new StackOverflowError("made by a test");
                    }
                    return CONTEXT;
                });
            }
        },
        NO_TLS {
            @Override
            ServerOptions options(ServerOptions options, AtomicBoolean failing) {
                return options.tls(CONTEXT);
            }
        },
        NO_PROXY_HEADER {
            @Override
            String says() {
                return "PROXY TCP5";
            }

            @Override
            ServerOptions options(ServerOptions options, AtomicBoolean failing) {
                return options.proxyProtocol("127.0.0.1");
            }
        },
        NO_PROXY {
            @Override
            ServerOptions options(ServerOptions options, AtomicBoolean failing) {
                return options.proxyProtocol("192.0.2.1");
            }
        },
        TOO_LATE {
            @Override
            String says() {
                return "";
            }

            @Override
            ServerOptions options(ServerOptions options, AtomicBoolean failing) {
                return options.headerTimeout(Duration.ofNanos(1));
            }
        },
        EVENT_LISTENER {
            @Override
            Listener<ServerEvent> listener() {
                return event -> {
                    throw new OutOfMemoryError("made by a test");
                };
            }
        };

        void handle(Incoming req, Outgoing res) throws Exception {
            res.header("got", req.header());
        }

        String says() {
            return "{}\n\n";
        }

        ServerOptions options(ServerOptions options, AtomicBoolean failing) {
            return options;
        }

        Listener<ServerEvent> listener() {
            return event -> {};
        }
    }

    @AfterEach
    void close() {
        server.close(Duration.ZERO);
    }

    @AfterAll
    static void leave_nothing() {
        LEFTOVERS.areGone();
    }

    @ParameterizedTest
    @EnumSource
    void of_the_kind(Failure kind) throws Exception {
        AtomicBoolean failing = new AtomicBoolean();
        ServerOptions options = kind.options(
                ServerOptions.defaults().maxConnections(2).maxHeaderBytes(100).listener(kind.listener()), failing);
        Handler handler = (req, res) -> {
            if (failing.get()) {
                kind.handle(req, res);
            } else {
                res.end("served");
            }
        };
        server = new Server(options, handler).listen(0);
        failing.set(true);
        try (Logs logs = Logs.catchAll()) {
            for (int i = 0; i < MANY; i++) {
                try (Raw raw = new Raw(server.address())) {
                    raw.say(kind.says());
                    if (kind != Failure.TOO_LATE) {
                        raw.end();
                    }
                    raw.hear();
                }
            }
            assertThat(logs).isNotNull();
        }
        failing.set(false);
        if (options.tlsFrom() == null && options.proxyProtocol().isEmpty() && kind != Failure.TOO_LATE) {
            try (Raw raw = new Raw(server.address())) {
                assertThat(raw.say("{}\n\n").end().hear()).isEqualTo("{}\n\nserved");
            }
        }
    }

    /** The handler may wait for anything, so the thread that accepts must not call it. */
    @Test
    void for_want_of_a_thread() throws Exception {
        AtomicBoolean none = new AtomicBoolean(true);
        CompletableFuture<Void> never = new CompletableFuture<>();
        Server listening = new Server(
                ServerOptions.defaults().port(0).maxConnections(2).listener(event -> {}),
                (req, res) -> {
                    if (none.get()) {
                        never.get(30, TimeUnit.SECONDS);
                    }
                    res.header("got", Header.of()).end();
                },
                (name, work) -> {
                    if (none.get()) {
                        throw new OutOfMemoryError("unable to create native thread");
                    }
                    Threads.run(name, work);
                });
        server = listening.listen();
        for (int i = 0; i < MANY; i++) {
            try (Raw raw = new Raw(server.address())) {
                assertThat(raw.say("{}\n\n").end().hear()).isEqualTo("reset");
            }
        }
        none.set(false);
        try (Raw raw = new Raw(server.address())) {
            assertThat(raw.say("{}\n\n").end().hear()).isEqualTo("{\"got\":{}}\n\n");
        }
    }
}
