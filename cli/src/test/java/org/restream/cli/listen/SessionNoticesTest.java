package org.restream.cli.listen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.restream.ServerEvent;
import org.restream.cli.console.OutputOptions;

/** What {@code listen} reports of sessions. */
class SessionNoticesTest {
    private static final InetSocketAddress PEER = new InetSocketAddress("10.0.0.7", 1234);
    private static final List<ServerEvent> EVENTS = List.of(
            new ServerEvent.SessionOpened(PEER, "abcd"),
            new ServerEvent.Away(PEER, "abcd", new IOException("reset")),
            new ServerEvent.Resumed(PEER, "abcd", 2, Duration.ofMillis(1_200)),
            new ServerEvent.Fenced(PEER, "abcd"),
            new ServerEvent.SessionEnded(PEER, "abcd", new IOException("the peer closed the connection")));

    private final StringWriter err = new StringWriter();
    private final OutputOptions options = new OutputOptions();

    private List<String> told() {
        InstantSource clock = InstantSource.fixed(Instant.parse("2026-01-31T23:59:59Z"));
        try (ListenNotices notices = new ListenNotices(new PrintWriter(err, true), options, null, clock)) {
            EVENTS.forEach(notices::accept);
        }
        return err.toString().lines().toList();
    }

    @Test
    void losses_and_returns_are_lines() {
        assertThat(told())
                .containsExactly(
                        "2026-01-31T23:59:59Z 10.0.0.7:1234: session abcd: connection lost: reset",
                        "2026-01-31T23:59:59Z 10.0.0.7:1234: session abcd: resumed after 1.2 s",
                        "2026-01-31T23:59:59Z 10.0.0.7:1234: session abcd: replaced by a newer connection");
    }

    @Test
    void in_json_each_event_is_a_line() {
        options.logFormat = OutputOptions.LogFormat.json;
        assertThat(told())
                .hasSameSizeAs(EVENTS)
                .allSatisfy(line -> assertThat(line).contains("\"peer\":\"10.0.0.7:1234\",\"session\":\"abcd\""))
                .anySatisfy(line -> assertThat(line).contains("\"event\":\"sessionOpened\""))
                .anySatisfy(line -> assertThat(line).contains("\"event\":\"away\"", "\"cause\":\"reset\""))
                .anySatisfy(
                        line -> assertThat(line).contains("\"event\":\"resumed\"", "\"epoch\":2", "\"awayMs\":1200"))
                .anySatisfy(line -> assertThat(line).contains("\"event\":\"fenced\""))
                .anySatisfy(line -> assertThat(line).contains("\"event\":\"sessionEnded\"", "\"cause\":"));
    }

    @Test
    void quiet_leaves_them_out() {
        options.quiet = true;
        assertThat(told()).isEmpty();
    }
}
