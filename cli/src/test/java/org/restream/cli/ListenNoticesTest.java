package org.restream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetSocketAddress;
import java.nio.file.AccessDeniedException;
import org.junit.jupiter.api.Test;
import org.restream.ConnectionLostException;
import org.restream.Header;
import org.restream.MalformedHeaderException;
import org.restream.ServerEvent;

class ListenNoticesTest {
    private static final InetSocketAddress PEER = new InetSocketAddress("127.0.0.1", 4242);

    private final StringWriter err = new StringWriter();
    private final OutputOptions output = new OutputOptions();

    @Test
    void text_is_for_people() {
        tellAll();
        assertThat(err.toString().lines())
                .containsExactly(
                        "listening at 127.0.0.1:4242",
                        "{\"a\":\"b\"}",
                        "127.0.0.1:4242: done, 5 bytes received, 2 sent",
                        "127.0.0.1:4242: failed: lost; nothing of it is kept",
                        "127.0.0.1:4242: failed: x: permission denied",
                        "127.0.0.1:4242: turned away: no header\\u001b",
                        "can't accept connections: too many files");
    }

    @Test
    void quiet_leaves_the_errors() {
        output.quiet = true;
        tellAll();
        assertThat(err.toString().lines())
                .hasSize(4)
                .allMatch(line -> line.contains("failed") || line.contains("away") || line.contains("can't"));
    }

    @Test
    void json_has_every_event() throws Exception {
        output.logFormat = OutputOptions.LogFormat.json;
        tellAll();
        String[] lines = err.toString().split("\n");
        assertThat(lines).hasSize(10);
        assertThat(Header.parse(lines[0])).isEqualTo(Header.of("event", "listening", "address", "127.0.0.1:4242"));
        assertThat(Header.parse(lines[4]))
                .isEqualTo(Header.of(
                        "event",
                        "failed",
                        "peer",
                        "127.0.0.1:4242",
                        "exchange",
                        1,
                        "bytesReceived",
                        5,
                        "bytesSent",
                        0,
                        "cause",
                        "lost"));
        assertThat(lines[7]).contains("no header\\u001B");
        assertThat(lines[9]).isEqualTo("{\"event\":\"closed\"}");
    }

    @Test
    void what_has_become_of_a_body_is_told_as_it_is() {
        ListenNotices notices = notices();
        tellFailed(notices, () -> {});
        tellFailed(notices, () -> LogEntry.current().stored("a.sql"));
        tellFailed(notices, () -> LogEntry.current().printing());
        tellFailed(notices, () -> {});
        assertThat(err.toString().lines().map(line -> line.replaceFirst(".*lost", "")))
                .containsExactly(
                        "",
                        "; its body is stored, whole, as a.sql",
                        "; what had come of its body has been printed",
                        "");
    }

    private static void tellFailed(ListenNotices notices, Runnable handler) {
        notices.accept(new ServerEvent.Accepted(PEER));
        handler.run();
        notices.accept(new ServerEvent.Failed(PEER, 1, 0, 5, new ConnectionLostException("lost", null)));
    }

    @Test
    void an_ipv6_address_is_in_brackets() {
        notices().accept(new ServerEvent.Listening(new InetSocketAddress("::1", 9967)));
        assertThat(err.toString()).startsWith("listening at [").endsWith("1]:9967" + System.lineSeparator());
    }

    private ListenNotices notices() {
        return new ListenNotices(new PrintWriter(err), output);
    }

    private void tellAll() {
        ListenNotices notices = notices();
        notices.accept(new ServerEvent.Listening(PEER));
        notices.accept(new ServerEvent.Accepted(PEER));
        notices.header(Header.of("a", "b"));
        notices.accept(new ServerEvent.Completed(PEER, 1, 2, 5));
        LogEntry.current().nothingKept();
        notices.accept(new ServerEvent.Failed(PEER, 1, 0, 5, new ConnectionLostException("lost", null)));
        notices.accept(new ServerEvent.Accepted(PEER));
        notices.accept(new ServerEvent.Failed(PEER, 1, 0, 0, new AccessDeniedException("x")));
        notices.accept(new ServerEvent.Rejected(PEER, new MalformedHeaderException("no header\u001b")));
        notices.accept(new ServerEvent.AcceptFailed(new java.io.IOException("too many files")));
        notices.accept(new ServerEvent.Closed());
    }
}
