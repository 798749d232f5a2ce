package org.restream.fake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.restream.ClientOptions;
import org.restream.Header;
import org.restream.Refusal;
import org.restream.Restream;
import org.restream.RestreamClient;
import org.restream.RestreamServer;
import org.restream.ServerEvent;
import org.restream.ServerOptions;
import org.restream.testing.Events;
import org.restream.testing.Raw;

/**
 * Runs the same handlers over sockets and in memory: the peer receives the same, and the exchange ends in the same way.
 */
class FakeAndRealTest {
    private static final Header HEADER = Header.of("name", "alice");
    private static final String BODY = "a body, in two lines\nof text";

    /**
     * What the peer received, and the type of the cause. For a cut message, the part that TCP has delivered is not
     * compared.
     */
    private record Seen(boolean whole, String message, String cause) {
        static Seen of(FakeExchange.Result result) {
            return new Seen(
                    result.isWhole(),
                    result.isWhole() ? result.header() + "\n\n" + result.text() : "",
                    result.cause()
                            .map(cause -> cause.getClass().getSimpleName())
                            .orElse("none"));
        }

        static Seen of(String heard, Throwable cause) {
            boolean whole = !heard.endsWith("reset");
            return new Seen(
                    whole,
                    whole ? heard : "",
                    cause == null ? "none" : cause.getClass().getSimpleName());
        }
    }

    private static Arguments handler(String name, RestreamServer.Handler handler) {
        return Arguments.of(name, handler);
    }

    static Stream<Arguments> handlers() {
        return Stream.of(
                handler("nothing", (req, res) -> {}),
                handler("an echo", (req, res) -> req.transferTo(res)),
                handler("lines", (req, res) -> res.header("lines", req.lines().count())),
                handler("an answer before the request is read", (req, res) -> res.end("early")),
                handler("end twice", (req, res) -> {
                    res.end("one");
                    res.end();
                }),
                handler("a write after the end", (req, res) -> {
                    res.end("one");
                    // if rethrown, it would reset what has ended, and what the peer still reads would depend on timing
                    assertThatThrownBy(() -> res.write("two")).isInstanceOf(IOException.class);
                }),
                handler("a header after the first byte", (req, res) -> {
                    res.write("one");
                    res.flush();
                    res.header("too", "late");
                }),
                handler("a header that can't be", (req, res) -> res.header("object", new Object())),
                handler("both styles", (req, res) -> {
                    req.readText();
                    req.onText(text -> {});
                }),
                handler(
                        "listeners",
                        (req, res) -> req.onHeader(header -> res.header("got", header))
                                .onText(res::write)
                                .onEnd(() -> res.end("!"))),
                handler(
                        "a listener that throws",
                        (req, res) -> req.onText(text -> {
                            throw new IllegalArgumentException("a bug");
                        })),
                handler("a header listener alone", (req, res) -> req.onHeader(header -> res.end("heard"))),
                handler("kept open, ended by another thread", (req, res) -> {
                    req.readAllBytes();
                    res.keepOpen();
                    new Thread(() -> {
                                try {
                                    res.end("from there");
                                } catch (IOException e) {
                                    throw new AssertionError(e);
                                }
                            })
                            .start();
                }),
                handler("closed is not ended", (req, res) -> {
                    try (Writer writer = new OutputStreamWriter(res, StandardCharsets.UTF_8)) {
                        writer.write("half");
                        throw new IllegalArgumentException("a bug");
                    }
                }),
                handler("closed, then returned", (req, res) -> {
                    try (Writer writer = new OutputStreamWriter(res, StandardCharsets.UTF_8)) {
                        writer.write("all");
                    }
                }),
                handler("closed, then written", (req, res) -> {
                    res.close();
                    res.write("more");
                }),
                handler("an abort", (req, res) -> {
                    res.write("half");
                    res.abort();
                }),
                handler("a refusal", (req, res) -> {
                    throw new Refusal("no room", Duration.ofSeconds(3));
                }),
                handler("a refusal after the answer has begun", (req, res) -> {
                    res.write("half");
                    res.flush();
                    throw new Refusal("no room");
                }),
                handler("an exception", (req, res) -> {
                    throw new IllegalArgumentException("a bug");
                }),
                handler("half a surrogate pair", (req, res) -> res.write("\ud83d")),
                handler("the stream of the request closed", (req, res) -> {
                    req.close();
                    res.end("enough");
                }),
                handler("a file", (req, res) -> {
                    Path file = Files.createTempFile("fake", "");
                    try {
                        res.transferFrom(Files.writeString(file, "of a file"));
                    } finally {
                        Files.delete(file);
                    }
                }));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("handlers")
    void a_servers_handler_does_the_same(String name, RestreamServer.Handler handler) throws Exception {
        Events<ServerEvent> events = new Events<>();
        RestreamServer server = Restream.createServer(ServerOptions.defaults().listener(events), handler)
                .listen(0);
        String heard;
        try (Raw raw = new Raw(server.address())) {
            heard = raw.say(HEADER + "\n\n" + BODY).end().hear();
        }
        server.close();
        Throwable cause = events.all(ServerEvent.Failed.class).stream()
                .map(ServerEvent.Failed::cause)
                .findFirst()
                .orElse(null);
        assertThat(Seen.of(FakeExchange.of(HEADER, BODY).serve(handler))).isEqualTo(Seen.of(heard, cause));
    }

    static Stream<Arguments> clients() {
        return Stream.of(
                client("nothing", (req, res) -> {}),
                client("a question", (req, res) -> {
                    req.header("a", 1).end("a question");
                    res.readText();
                }),
                client("listeners", (req, res) -> {
                    res.onText(text -> {});
                    req.end("a question");
                }),
                client("the header is sent by the read that waits", (req, res) -> {
                    req.header("a", 1);
                    res.header();
                    req.header("too", "late");
                }),
                client("an exception", (req, res) -> {
                    throw new IllegalArgumentException("a bug");
                }),
                client("a header of another type", (req, res) -> {
                    req.end();
                    res.header().getLong("name");
                }));
    }

    private static Arguments client(String name, RestreamClient.Handler handler) {
        return Arguments.of(name, handler);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("clients")
    void a_clients_handler_does_the_same(String name, RestreamClient.Handler handler) throws Exception {
        AtomicReference<String> heard = new AtomicReference<>("reset");
        RestreamServer server = Restream.createServer(ServerOptions.defaults().listener(event -> {}), (req, res) -> {
                    res.header(HEADER).end(BODY);
                    heard.set(req.header() + "\n\n" + req.readText());
                })
                .listen(0);
        ClientOptions options = ClientOptions.defaults()
                .servers("127.0.0.1:" + server.address().getPort())
                .listener(event -> {});
        Throwable cause = Restream.createClient(options, handler)
                .completion()
                .handle((done, failure) -> failure)
                .get(30, TimeUnit.SECONDS);
        server.close();
        assertThat(Seen.of(FakeExchange.of(HEADER, BODY).ask(handler))).isEqualTo(Seen.of(heard.get(), cause));
    }
}
