package org.restream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.restream.testing.Events;
import org.restream.testing.Leftovers;
import org.restream.testing.Logs;

/** Exceptions whose own methods throw, or return nothing or far too much, are handled like any other exception. */
class AbsurdExceptionsTest {
    /** What can be wrong with an exception. */
    enum Absurd {
        THROWS_IN_EVERYTHING {
            @Override
            Exception make() {
                return new Exception() {
                    @Override
                    public String getMessage() {
                        throw new IllegalStateException("in getMessage");
                    }

                    @Override
                    public String toString() {
                        throw new StackOverflowError("in toString");
                    }

                    @Override
                    public synchronized Throwable getCause() {
                        throw new IllegalStateException("in getCause");
                    }

                    @Override
                    public StackTraceElement[] getStackTrace() {
                        throw new IllegalStateException("in getStackTrace");
                    }
                };
            }
        },
        GIVES_NULL {
            @Override
            @SuppressWarnings("OverrideThrowableToString") // null from both
            Exception make() {
                return new IOException((String) null) {
                    @Override
                    public String toString() {
                        return null;
                    }

                    @Override
                    public StackTraceElement[] getStackTrace() {
                        return null;
                    }
                };
            }
        },
        HAS_20000_CAUSES {
            @Override
            Exception make() {
                Exception made = new IOException("the first");
                for (int i = 0; i < 20_000; i++) {
                    made = new IOException(null, made);
                }
                return made;
            }
        },
        IS_ITS_OWN_CAUSE {
            @Override
            Exception make() {
                Exception first = new IOException("first");
                Exception second = new IOException("second", first);
                first.initCause(second);
                second.addSuppressed(first);
                return first;
            }
        },
        SUPPRESSES_20000 {
            @Override
            Exception make() {
                Exception made = new Exception("first");
                for (int i = 0; i < 20_000; i++) {
                    made.addSuppressed(new Exception("\u001b[2J" + i));
                }
                return made;
            }
        },
        HAS_A_MESSAGE_OF_MEGABYTES {
            @Override
            Exception make() {
                return new Exception("\u0000".repeat(3_000_000));
            }
        },
        TAKES_NO_OTHER_WITH_IT {
            @Override
            Exception make() {
                return new Exception("no suppression, no trace", null, false, false) {};
            }
        };

        abstract Exception make();
    }

    private static final Leftovers LEFTOVERS = new Leftovers();

    private final Events<ServerEvent> atServer = new Events<>();
    private RestreamServer server;

    @BeforeEach
    void listen() throws Exception {
        server = Restream.createServer(ServerOptions.defaults().listener(atServer), (req, res) -> req.transferTo(res))
                .listen(0);
    }

    @AfterAll
    static void leave_nothing() {
        LEFTOVERS.areGone();
    }

    @AfterEach
    void close() {
        server.close(Duration.ZERO);
    }

    private static ClientOptions to(RestreamServer where) {
        return ClientOptions.defaults()
                .servers("127.0.0.1:" + where.address().getPort())
                .retryDelay(Duration.ofMillis(1));
    }

    private static void ask(RestreamServer where) throws Exception {
        CompletableFuture<String> answer = new CompletableFuture<>();
        try (RestreamClient client = Restream.createClient(to(where).listener(event -> {}), (req, res) -> {
            req.end("hello");
            answer.complete(res.readText());
        })) {
            client.completion().get(30, TimeUnit.SECONDS);
        }
        assertThat(answer.join()).isEqualTo("hello");
    }

    private static Throwable failure(RestreamClient client) {
        // get() wraps it, and calls its toString
        CompletableFuture<Throwable> told = client.completion().handle((done, failure) -> failure);
        assertThat(catchThrowable(() -> told.get(30, TimeUnit.SECONDS))).isNull();
        assertThat(client.state()).isEqualTo(RestreamClient.State.CLOSED);
        return told.join();
    }

    /** Prints the exceptions as a log would. */
    private static void print(Logs logs) {
        logs.thrown().forEach(thrown -> thrown.printStackTrace(new PrintWriter(Writer.nullWriter())));
    }

    @ParameterizedTest
    @EnumSource
    void of_a_clients_handler(Absurd kind) {
        Exception absurd = kind.make();
        try (Logs logs = Logs.catchAll();
                RestreamClient client = Restream.createClient(to(server), (req, res) -> {
                    throw absurd;
                })) {
            assertThat(failure(client) == absurd).isTrue();
            print(logs);
        }
    }

    @ParameterizedTest
    @EnumSource
    void of_a_clients_handler_after_a_loss(Absurd kind) {
        Exception absurd = kind.make();
        try (Logs logs = Logs.catchAll();
                RestreamClient client = Restream.createClient(to(server).maxFailures(2), (req, res) -> {
                    req.abort();
                    throw absurd;
                })) {
            assertThat(failure(client)).hasMessage("the exchange was aborted by this side");
            print(logs);
        }
    }

    @ParameterizedTest
    @EnumSource
    void of_a_clients_stream_listeners(Absurd kind) throws Exception {
        Exception absurd = kind.make();
        CompletableFuture<IOException> told = new CompletableFuture<>();
        try (Logs logs = Logs.catchAll();
                RestreamClient client = Restream.createClient(to(server), (req, res) -> {
                    res.onData(data -> {
                                throw absurd;
                            })
                            .onError(error -> {
                                told.complete(error);
                                throw absurd;
                            });
                    req.end("x");
                })) {
            assertThat(failure(client) == absurd).isTrue();
            assertThat(told.get(30, TimeUnit.SECONDS)).hasMessageStartingWith("the exchange was aborted: ");
            print(logs);
        }
    }

    @ParameterizedTest
    @EnumSource
    void of_a_listener_that_comes_when_all_is_over(Absurd kind) throws Exception {
        Exception absurd = kind.make();
        CompletableFuture<Incoming> incoming = new CompletableFuture<>();
        try (Logs logs = Logs.catchAll();
                RestreamClient client = Restream.createClient(to(server), (req, res) -> incoming.complete(res))) {
            client.completion().get(30, TimeUnit.SECONDS);
            incoming.join().onEnd(() -> {
                throw absurd;
            });
            print(logs);
        }
    }

    @ParameterizedTest
    @EnumSource
    void of_a_back_off(Absurd kind) {
        Exception absurd = kind.make();
        try (Logs logs = Logs.catchAll();
                RestreamClient client = Restream.createClient(
                        to(server).backoff(failures -> {
                            AbsurdExceptionsTest.<RuntimeException>sneak(absurd);
                            return Duration.ZERO;
                        }),
                        (req, res) -> {
                            throw new TryAgainException("again");
                        })) {
            assertThat(failure(client) == absurd).isTrue();
            print(logs);
        }
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> void sneak(Throwable thrown) throws E {
        throw (E) thrown;
    }

    @ParameterizedTest
    @EnumSource
    void of_a_clients_event_listener(Absurd kind) throws Exception {
        Exception absurd = kind.make();
        CompletableFuture<String> answer = new CompletableFuture<>();
        try (Logs logs = Logs.catchAll();
                RestreamClient client = Restream.createClient(
                        to(server).listener(event -> {
                            throw absurd;
                        }),
                        (req, res) -> {
                            req.end("x");
                            answer.complete(res.readText());
                        })) {
            client.completion().get(30, TimeUnit.SECONDS);
            assertThat(answer.join()).isEqualTo("x");
            print(logs);
        }
    }

    @ParameterizedTest
    @EnumSource
    void of_a_servers_handler(Absurd kind) throws Exception {
        Exception absurd = kind.make();
        try (Logs logs = Logs.catchAll();
                RestreamServer silent = Restream.createServer((req, res) -> {
                            req.header();
                            if (!req.readText().equals("hello")) {
                                throw absurd;
                            }
                            res.end("hello");
                        })
                        .listen(0)) {
            try (RestreamClient client = Restream.createClient(
                    to(silent).maxFailures(2).listener(event -> {}), (req, res) -> req.end("x"))) {
                assertThat(failure(client)).isInstanceOf(GaveUpException.class);
            }
            ask(silent);
            silent.close();
            assertThat(logs.thrown()).isNotEmpty();
            print(logs);
        }
    }

    @ParameterizedTest
    @EnumSource
    void of_a_servers_event_listener_and_of_the_log_that_is_told(Absurd kind) throws Exception {
        Exception absurd = kind.make();
        try (Logs logs = Logs.catchAll().with(() -> AbsurdExceptionsTest.<RuntimeException>sneak(absurd));
                RestreamServer throwing = Restream.createServer(
                                ServerOptions.defaults().listener(event -> {
                                    throw absurd;
                                }),
                                (req, res) -> req.transferTo(res))
                        .listen(0)) {
            ask(throwing);
            ask(throwing);
            throwing.close();
            assertThat(logs.thrown()).hasSizeGreaterThan(3);
        }
    }

    @ParameterizedTest
    @EnumSource
    void of_a_log_that_hears_of_a_clients_troubles(Absurd kind) {
        Exception absurd = kind.make();
        try (Logs logs = Logs.catchAll().with(() -> AbsurdExceptionsTest.<RuntimeException>sneak(absurd));
                RestreamClient client = Restream.createClient(to(server), (req, res) -> {
                    throw absurd;
                })) {
            assertThat(failure(client) == absurd).isTrue();
            assertThat(logs.thrown()).hasSize(1);
        }
    }
}
