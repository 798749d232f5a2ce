package org.restream.cli.send;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.restream.ClientEvent;
import org.restream.FailureKind;
import org.restream.Header;
import org.restream.ServerAddress;
import org.restream.cli.console.OutputOptions;
import org.restream.cli.console.StatusLine;

class SendNoticesTest {
    private static final ServerAddress A = new ServerAddress("a", 9967);
    private static final ServerAddress B = new ServerAddress("::1", 9967);

    private final StringWriter err = new StringWriter();
    private final OutputOptions options = new OutputOptions();
    private final SendNotices log = new SendNotices("restream send", options, new StatusLine(new PrintWriter(err)));

    @Test
    void a_failure_is_told_with_what_comes_next() {
        tell(false);

        assertThat(err.toString())
                .isEqualTo(String.join(
                        System.lineSeparator(),
                        "restream send: a:9967: refused; next attempt at [::1]:9967 in 2.5 s",
                        "restream send: connected to [::1]:9967 (attempt 2)",
                        "restream send: [::1]:9967: lost; next attempt at a:9967 now",
                        "restream send: connected to a:9967 (attempt 3)",
                        ""));
    }

    @Test
    void where_a_countdown_is_seen_only_losses_are_told() {
        tell(true);

        assertThat(err.toString())
                .isEqualTo(String.join(
                        System.lineSeparator(),
                        "restream send: [::1]:9967: lost; next attempt at a:9967 now",
                        "restream send: connected to a:9967 (attempt 3)",
                        ""));
    }

    @Test
    void quiet_tells_errors_only() {
        options.quiet = true;
        tell(false);
        log.notice("a notice");
        log.error(1, "an error", null);

        assertThat(err.toString().strip()).isEqualTo("restream send: an error");
    }

    @Test
    void in_json_every_event_is_a_line() throws Exception {
        options.logFormat = OutputOptions.LogFormat.json;
        tell(false);
        log.event(new ClientEvent.GaveUp(3, 2, new IOException("why")), false);
        log.notice("a notice");
        log.labelled("x.tar").error(3, "an error", null);

        List<String> lines = err.toString().lines().toList();
        assertThat(lines)
                .containsExactly(
                        "{\"event\":\"connecting\",\"server\":\"a:9967\",\"attempt\":1}",
                        "{\"event\":\"failed\",\"server\":\"a:9967\",\"attempt\":1,\"failures\":1,\"kind\":\"connection\",\"cause\":\"refused\"}",
                        "{\"event\":\"waiting\",\"server\":\"[::1]:9967\",\"attempt\":2,\"failures\":1,\"delayMs\":2500}",
                        "{\"event\":\"connecting\",\"server\":\"[::1]:9967\",\"attempt\":2}",
                        "{\"event\":\"connected\",\"server\":\"[::1]:9967\",\"attempt\":2}",
                        "{\"event\":\"lost\",\"server\":\"[::1]:9967\",\"attempt\":2,\"failures\":2,"
                                + "\"bytesSent\":5,\"bytesReceived\":6,\"kind\":\"connection\",\"cause\":\"lost\"}",
                        "{\"event\":\"connecting\",\"server\":\"a:9967\",\"attempt\":3}",
                        "{\"event\":\"connected\",\"server\":\"a:9967\",\"attempt\":3}",
                        "{\"event\":\"completed\",\"server\":\"a:9967\",\"attempt\":3,\"bytesSent\":7,\"bytesReceived\":8}",
                        "{\"event\":\"closed\"}",
                        "{\"event\":\"gaveUp\",\"attempt\":3,\"failures\":2,\"cause\":\"why\"}",
                        "{\"event\":\"notice\",\"message\":\"a notice\"}",
                        "{\"event\":\"error\",\"message\":\"an error\",\"exit\":3,\"file\":\"x.tar\"}");
        for (String line : lines) {
            Header.parse(line);
        }
    }

    @Test
    void what_comes_from_a_peer_never_reaches_the_terminal_raw() throws Exception {
        Header header = Header.of("a", "\u009b2J\u202e\u001b", "b", "ö");
        log.header(header);
        log.notice("\u001b[2J\n");
        options.logFormat = OutputOptions.LogFormat.json;
        log.header(header);

        List<String> lines = err.toString().lines().toList();
        assertThat(lines.get(0)).isEqualTo("{\"a\":\"\\u009b2J\\u202e\\u001b\",\"b\":\"ö\"}");
        assertThat(Header.parse(lines.get(0))).isEqualTo(header);
        assertThat(lines.get(1)).isEqualTo("restream send: \\u001b[2J\\u000a");
        assertThat(Header.parse(lines.get(2)).get("header")).isEqualTo(header);
    }

    @Test
    void a_stack_trace_only_where_it_is_asked_for() {
        log.error(1, "an error", new IOException("why"));
        assertThat(err.toString()).hasLineCount(1);
        options.debug = true;
        log.error(1, "an error", new IOException("why"));
        assertThat(err.toString()).contains("java.io.IOException: why", "    at ");
    }

    private void tell(boolean countdown) {
        for (ClientEvent event : List.of(
                new ClientEvent.Connecting(A, 1),
                new ClientEvent.Failed(A, 1, 1, FailureKind.CONNECTION, new IOException("refused")),
                new ClientEvent.Waiting(B, 2, 1, Duration.ofMillis(2_500)),
                new ClientEvent.Connecting(B, 2),
                new ClientEvent.Connected(B, 2),
                new ClientEvent.Lost(B, 2, 2, 5, 6, Duration.ZERO, FailureKind.CONNECTION, new IOException("lost")),
                new ClientEvent.Connecting(A, 3),
                new ClientEvent.Connected(A, 3),
                new ClientEvent.Completed(A, 3, 7, 8, Duration.ZERO),
                new ClientEvent.Closed())) {
            log.event(event, countdown);
        }
    }
}
