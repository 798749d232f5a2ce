package org.restream.cli.listen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetSocketAddress;
import java.nio.file.AccessDeniedException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.restream.ConnectionLostException;
import org.restream.FailureKind;
import org.restream.Header;
import org.restream.MalformedHeaderException;
import org.restream.ServerEvent;
import org.restream.cli.command.Digest;
import org.restream.cli.console.OutputOptions;
import org.restream.cli.listen.store.OutputFolder;

class ListenNoticesTest {
    private static final InetSocketAddress PEER = new InetSocketAddress("127.0.0.1", 4242);

    private static final OutputFolder.Stored STORED = new OutputFolder.Stored("a.sql", new Digest(5, "2cf2"), false);
    private static final Instant NOW = Instant.parse("2026-01-31T23:59:59.123456Z");
    private static final String AT = "2026-01-31T23:59:59Z ";

    private final StringWriter err = new StringWriter();
    private final OutputOptions output = new OutputOptions();

    @Test
    void text_is_for_people() {
        tellAll();
        assertThat(err.toString().lines().map(line -> line.replaceFirst(", in [0-9]+ ms$", ", in a while")))
                .containsExactly(
                        AT + "listening at 127.0.0.1:4242",
                        "{\"a\":\"b\"}",
                        AT + "127.0.0.1:4242: done, 5 bytes received, 2 sent, in a while",
                        AT + "127.0.0.1:4242: failed: lost; nothing of it is kept",
                        AT + "127.0.0.1:4242: failed: x: permission denied",
                        AT + "127.0.0.1:4242: rejected: no header\\u001b",
                        AT + "can't accept connections: too many files");
    }

    @Test
    void quiet_leaves_the_errors() {
        output.quiet = true;
        tellAll();
        assertThat(err.toString().lines())
                .hasSize(4)
                .allMatch(line -> line.contains("failed") || line.contains("rejected") || line.contains("can't"));
    }

    @Test
    void json_has_every_event() throws Exception {
        output.logFormat = OutputOptions.LogFormat.json;
        tellAll();
        String[] lines = err.toString().split("\n");
        assertThat(lines).hasSize(10);
        String time = "2026-01-31T23:59:59.123Z";
        assertThat(Header.parse(lines[0]))
                .isEqualTo(Header.of("event", "listening", "time", time, "address", "127.0.0.1:4242"));
        assertThat(Header.parse(lines[4]))
                .containsEntry("event", "failed")
                .containsEntry("time", time)
                .containsEntry("peer", "127.0.0.1:4242")
                .containsEntry("bytesReceived", 5L)
                .containsEntry("bytesSent", 0L)
                .containsEntry("cause", "lost")
                .containsEntry("fate", "nothing of it is kept")
                .containsKey("durationMs");
        assertThat(lines[7]).contains("no header\\u001b");
        assertThat(lines[9]).isEqualTo("{\"event\":\"closed\",\"time\":\"" + time + "\"}");
    }

    @Test
    void what_has_become_of_a_body_is_told_as_it_is() {
        try (ListenNotices notices = notices()) {
            tellFailed(notices, () -> {});
            tellFailed(notices, () -> LogEntry.current().stored(STORED));
            tellFailed(notices, () -> LogEntry.current().printing());
            tellFailed(notices, () -> {});
        }
        assertThat(err.toString().lines().map(line -> line.replaceFirst(".*lost", "")))
                .containsExactly(
                        "",
                        "; its body is stored, whole, as a.sql",
                        "; the part of its body that had arrived has been printed",
                        "");
    }

    @Test
    void what_was_stored_is_told_with_name_size_sum_and_duration() throws Exception {
        try (ListenNotices notices = notices()) {
            tellStored(notices);
        }
        output.logFormat = OutputOptions.LogFormat.json;
        try (ListenNotices notices = notices()) {
            tellStored(notices);
        }
        String[] lines = err.toString().split("\n");
        assertThat(lines[0]).matches(AT + "127.0.0.1:4242: stored a.sql, 5 bytes, sha256 2cf2, in [0-9]+ ms");
        assertThat(Header.parse(lines[2]))
                .containsEntry("event", "completed")
                .containsEntry("stored", Header.of("name", "a.sql", "size", 5, "sha256", "2cf2"))
                .containsKey("durationMs");
    }

    private static void tellStored(ListenNotices notices) {
        notices.accept(new ServerEvent.Accepted(PEER));
        LogEntry.current().stored(STORED);
        notices.accept(new ServerEvent.Completed(PEER, 1, 0, 5, Duration.ZERO));
    }

    private static void tellFailed(ListenNotices notices, Runnable handler) {
        notices.accept(new ServerEvent.Accepted(PEER));
        handler.run();
        notices.accept(new ServerEvent.Failed(
                PEER, 1, 0, 5, Duration.ZERO, FailureKind.CONNECTION, new ConnectionLostException("lost", null)));
    }

    @Test
    void an_ipv6_address_is_in_brackets() {
        listening(null, "::1");
        assertThat(err.toString()).startsWith(AT + "listening at [").endsWith("1]:9967" + System.lineSeparator());
    }

    @Test
    void where_it_listens_is_told_as_the_user_has_said_it() {
        listening("0.0.0.0", "::");
        listening("::", "::");
        listening("localhost", "127.0.0.1");
        assertThat(err.toString().lines())
                .containsExactly(
                        AT + "listening at 0.0.0.0:9967",
                        AT + "listening at [::]:9967",
                        AT + "listening at localhost:9967");
    }

    private void listening(@Nullable String host, String address) {
        try (ListenNotices notices = new ListenNotices(new PrintWriter(err), output, host, () -> NOW)) {
            notices.accept(new ServerEvent.Listening(new InetSocketAddress(address, 9967)));
        }
    }

    private ListenNotices notices() {
        return new ListenNotices(new PrintWriter(err), output, null, () -> NOW);
    }

    private void tellAll() {
        try (ListenNotices notices = notices()) {
            tellAll(notices);
        }
    }

    private static void tellAll(ListenNotices notices) {
        notices.accept(new ServerEvent.Listening(PEER));
        notices.accept(new ServerEvent.Accepted(PEER));
        notices.header(Header.of("a", "b"));
        notices.accept(new ServerEvent.Completed(PEER, 1, 2, 5, Duration.ZERO));
        LogEntry.current().nothingKept();
        notices.accept(new ServerEvent.Failed(
                PEER, 1, 0, 5, Duration.ZERO, FailureKind.CONNECTION, new ConnectionLostException("lost", null)));
        notices.accept(new ServerEvent.Accepted(PEER));
        notices.accept(new ServerEvent.Failed(
                PEER, 1, 0, 0, Duration.ZERO, FailureKind.CONNECTION, new AccessDeniedException("x")));
        notices.accept(
                new ServerEvent.Rejected(PEER, 1, FailureKind.HEADER, new MalformedHeaderException("no header\u001b")));
        notices.accept(new ServerEvent.AcceptFailed(new java.io.IOException("too many files")));
        notices.accept(new ServerEvent.Closed());
    }
}
