package org.restream.reliability;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Duration;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.restream.testing.Raw;
import org.restream.testing.ShownText;

/**
 * Sends invalid headers to {@code restream listen} with default options, by a raw socket: each is soon reset, and the
 * command goes on.
 */
class BadHeadersTest {
    private static final Duration SOON = Duration.ofSeconds(8);

    private static Listening listening;
    private static int refused;
    private static Duration slowest = Duration.ZERO;

    @BeforeAll
    static void listen() throws Exception {
        listening = Listening.start("--echo");
    }

    @AfterAll
    static void close() throws Exception {
        listening.close();
        Figures.record(
                "bad-headers",
                String.format(
                        Locale.ROOT,
                        "%d kinds told to `restream listen` with default options: each was reset, the slowest after"
                                + " %.1f s",
                        refused,
                        Crowd.seconds(slowest)));
    }

    /** The bytes, whether a FIN follows, and the text of the line on stderr. */
    static Stream<Arguments> bad() {
        return Stream.of(
                        arguments("unfinished", "{\"hello\":\"al", "inside the header, after 12 bytes"),
                        arguments("no blank line", "{\"hello\":\"alice\"}\n", "inside the header, after 18 bytes"),
                        arguments("not JSON", "{hello}\n\n", "not JSON"),
                        arguments("another protocol", "GET / HTTP/1.1\r\nHost: a\r\n\r\n", "begins with byte 0x47 'G'"),
                        arguments("an array", "[1,2]\n\n", "begins with byte 0x5b '['"),
                        arguments("a text", "\"hello\"\n\n", "begins with byte 0x22"),
                        arguments("a number", "17\n\n", "begins with byte 0x31"),
                        arguments("bad UTF-8", "{\"a\":\"\u00ff\"}\n\n", "not UTF-8: bad byte 0xff"),
                        arguments("a byte order mark", "\u00ef\u00bb\u00bf{}\n\n", "begins with byte 0xef"),
                        arguments("too long", "{\"a\":\"" + "x".repeat(70_000) + "\"}\n\n", "maxHeaderBytes, 65536"),
                        arguments("too long, no end", "{" + " ".repeat(70_000), "maxHeaderBytes, 65536"),
                        arguments(
                                "too deep",
                                "{\"a\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}\n\n",
                                "nested 500 deep"),
                        arguments("too deep, no end", "{\"a\":" + "{\"a\":".repeat(10_000) + "\n\n", "nested 500 deep"),
                        arguments("trailing garbage", "{\"a\":1} x\n\n", "Unrecognized token"),
                        arguments("two objects", "{\"a\":1}{\"b\":2}\n\n", "goes on after its JSON object"),
                        arguments(
                                "a number of 5,000 digits",
                                "{\"a\":" + "7".repeat(5_000) + "}\n\n",
                                "numbers of 1000 characters"),
                        arguments("a NUL in a text", "{\"a\":\"\0\"}\n\n", "not JSON"),
                        arguments("a NUL between", "{\"a\":\u00001}\n\n", "not JSON"),
                        arguments("a NUL first", "\0{}\n\n", "begins with byte 0x00"),
                        arguments("none, a blank line", "\n\nbody", "empty"),
                        arguments("none, a body", "just a body", "begins with byte 0x6a 'j'"),
                        arguments("hostile to a terminal", "{\"a\":t\u001b[2J\u00c2\u009b1m}\n\n", "not JSON"),
                        arguments("a TLS client", "\u0016\u0003\u0001\u0002\u0000\u0001", "speaks TLS"))
                .flatMap(one -> Stream.of(with(one, true), with(one, false)))
                .filter(one -> !waits(one));
    }

    private static Arguments with(Arguments one, boolean end) {
        return arguments(one.get()[0], one.get()[1], end, one.get()[2]);
    }

    /** Incomplete headers, which may still continue. */
    static Stream<Arguments> silent() {
        return Stream.of(
                arguments("unfinished", "{\"hello\":\"al"),
                arguments("no blank line", "{\"hello\":\"alice\"}\n"),
                arguments("none at all", ""));
    }

    private static boolean waits(Arguments one) {
        boolean end = (Boolean) one.get()[2];
        return !end && silent().anyMatch(waiting -> waiting.get()[1].equals(one.get()[1]));
    }

    @ParameterizedTest(name = "{0}, FIN: {2}")
    @MethodSource("bad")
    void it_is_reset_soon_and_the_next_client_is_served(String what, String said, boolean end, String line)
            throws Exception {
        long start = System.nanoTime();
        try (Raw raw = new Raw(listening.address()).say(said.getBytes(ISO_8859_1))) {
            if (end) {
                raw.end();
            }
            assertThat(raw.hear()).isEqualTo("reset");
        }
        took(start);
        String told = listening.line("rejected: ");
        assertThat(told).contains(line);
        ShownText.isHarmless(told);
        assertServed();
    }

    /** Only in a full run, because it waits for the time-out. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("silent")
    void one_that_neither_goes_on_nor_ends_is_reset_soon_too(String what, String said) throws Exception {
        assumeTrue(Scale.isFull(), "waits for the time limit: only with -Dfull");
        long start = System.nanoTime();
        try (Raw raw = new Raw(listening.address()).say(said)) {
            assertThat(raw.hear()).isEqualTo("reset");
        }
        took(start);
        assertThat(listening.line("rejected: ")).contains("no whole header within");
        assertServed();
    }

    @Test
    void white_space_around_it_is_fine() throws Exception {
        try (Raw raw = new Raw(listening.address())) {
            raw.say(" \t\r\n{ \"a\" : 1 }\r\n \n\nbody").end();
            assertThat(raw.hear()).isEqualTo("{\"a\":1}\n\nbody");
        }
    }

    /** Neither an invalid header nor a request, so it is not logged. */
    @Test
    void an_end_before_the_first_byte_is_no_request() throws Exception {
        try (Raw raw = new Raw(listening.address())) {
            assertThat(raw.end().hear()).isEqualTo("reset");
        }
    }

    private static void took(long start) {
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        assertThat(took).isLessThan(SOON);
        slowest = took.compareTo(slowest) > 0 ? took : slowest;
        refused++;
    }

    private static void assertServed() throws Exception {
        try (Raw raw = new Raw(listening.address())) {
            assertThat(raw.say("{\"a\":1}\n\nbody".getBytes(UTF_8)).end().hear())
                    .isEqualTo("{\"a\":1}\n\nbody");
        }
    }
}
