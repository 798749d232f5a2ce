package org.restream.cli.listen;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.restream.Header;
import org.restream.cli.testing.FreshSignals;
import org.restream.cli.testing.ListenProcess;
import org.restream.cli.testing.RawPeer;

/** The log of {@code restream listen} on stderr, in a process of its own. */
class ListenLogTest {
    private static final String SHA256_OF_HELLO = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

    @TempDir
    Path dir;

    private static String ask(ListenProcess listen, String request) throws Exception {
        try (RawPeer peer = new RawPeer(listen.address())) {
            return peer.say(request).end().hear();
        }
    }

    @Test
    void what_was_stored_is_told_with_time_name_size_sum_and_duration() throws Exception {
        try (ListenProcess listen = ListenProcess.start("--output", dir.toString())) {
            ask(listen, "{\"name\":\"a.txt\"}\n\nhello");
            assertThat(listen.line("stored"))
                    .matches("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z 127\\.0\\.0\\.1:[0-9]+:"
                            + " stored a\\.txt, 5 bytes, sha256 " + SHA256_OF_HELLO + ", in [0-9.]+ m?s");
            ask(listen, "{\"name\":\"a.txt\"}\n\nhello");
            assertThat(listen.line("stored")).contains(": stored before as a.txt, 5 bytes, ");
        }
    }

    @Test
    void in_json_too() throws Exception {
        try (ListenProcess listen = ListenProcess.start(
                "--output", dir.toString(), "--log-format", "json", "--host", "127.0.0.1", "--once")) {
            ask(listen, "{\"name\":\"a.txt\"}\n\nhello");
            assertThat(listen.exit()).isZero();
            Header completed = Header.parse(listen.line("completed"));
            assertThat(completed)
                    .containsEntry("stored", Header.of("name", "a.txt", "size", 5, "sha256", SHA256_OF_HELLO))
                    .containsKeys("time", "durationMs", "peer");
        }
    }

    @Test
    void who_stores_what_only_this_machine_can_send_is_told_unless_he_says_that_he_means_it() throws Exception {
        try (ListenProcess listen = ListenProcess.start("--output", dir.toString(), "--once")) {
            assertThat(listen.line("only this machine")).contains("127.0.0.1", "--host 0.0.0.0");
        }
        try (ListenProcess listen = ListenProcess.start("--output", dir.toString(), "--once", "--host", "127.0.0.1")) {
            ask(listen, "{}\n\nx");
            assertThat(listen.exit()).isZero();
            assertThat(listen.lines()).noneMatch(line -> line.contains("only this machine"));
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void a_folder_that_cant_be_written_is_found_at_the_start() throws Exception {
        try (ListenProcess listen = ListenProcess.run(Redirect.PIPE, "--output", "/proc")) {
            assertThat(listen.exit()).isEqualTo(1);
            assertThat(listen.lines()).singleElement().asString().contains("can't write to /proc");
        }
    }

    @Test
    void a_folder_that_goes_while_it_runs_is_the_reason_of_each_refusal() throws Exception {
        Path folder = Files.createDirectory(dir.resolve("out"));
        try (ListenProcess listen = ListenProcess.start("--output", folder.toString())) {
            try (Stream<Path> files = Files.walk(folder)) {
                files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
            }
            assertThat(folder).doesNotExist();
            assertThat(ask(listen, "{\"name\":\"a.txt\"}\n\nhello"))
                    .contains("it can't be stored now: no such file or folder");
            assertThat(listen.line("failed"))
                    .contains("refused: it can't be stored now: no such file or folder; nothing of it is kept");
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void json_is_all_there_is_also_of_what_a_command_says() throws Exception {
        String command = "echo a line >&2; printf 'no end' >&2; (exec >&-; echo child >&2) & wait; cat";
        try (ListenProcess listen = ListenProcess.start("--log-format", "json", "--exec", command, "--once")) {
            assertThat(ask(listen, "{\"nul\":\"\\u0000\"}\n\nhello")).endsWith("hello");
            assertThat(listen.exit()).isZero();
            List<Object> said = new ArrayList<>();
            List<Object> events = new ArrayList<>();
            for (String line : listen.lines()) {
                Header event = Header.parse(line);
                events.add(event.get("event"));
                if ("stderr".equals(event.get("event"))) {
                    said.add(event.get("message"));
                }
            }
            assertThat(String.join("\n", said.stream().map(String::valueOf).toList()))
                    .contains("a line", "no end", "child");
            assertThat(events)
                    .contains("listening", "accepted", "warning", "completed")
                    .endsWith("completed", "closed");
        }
    }

    @Test
    void quiet_is_quiet_in_both_formats() throws Exception {
        for (String format : List.of("text", "json")) {
            Process listen = process("--output", dir.toString(), "-q", "--log-format", format, "--port", "99999");
            assertThat(new String(listen.getErrorStream().readAllBytes(), UTF_8))
                    .hasLineCount(1);
            assertThat(listen.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
        for (String format : List.of("text", "json")) {
            Process send = new ProcessBuilder(new ArrayList<>(List.of(
                            java().toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            "org.restream.cli.Main",
                            "send",
                            "-q",
                            "--log-format",
                            format,
                            "--timeout",
                            "1ms",
                            "--max-failures",
                            "3",
                            "-s",
                            "127.0.0.1:1")))
                    .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
                    .start();
            assertThat(new String(send.getErrorStream().readAllBytes(), UTF_8)).hasLineCount(1);
            assertThat(send.waitFor()).isEqualTo(3);
        }
    }

    /** A pipe holds 64 KiB, which is several hundred lines. */
    @Test
    void a_reader_of_the_log_that_has_stalled_stops_nothing() throws Exception {
        Process listen = process("--echo");
        try (BufferedReader log = listen.errorReader(UTF_8)) {
            Matcher at = Pattern.compile("127\\.0\\.0\\.1:([0-9]+)").matcher(log.readLine());
            assertThat(at.find()).isTrue();
            InetSocketAddress address = new InetSocketAddress("127.0.0.1", Integer.parseInt(at.group(1)));
            for (int i = 0; i < 2_000; i++) {
                try (RawPeer peer = new RawPeer(address)) {
                    assertThat(peer.say("{}\n\nx").end().hear()).isEqualTo("{}\n\nx");
                }
            }
            listen.destroy();
            assertThat(listen.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(listen.exitValue()).isZero();
        } finally {
            listen.destroyForcibly();
        }
    }

    private static Path java() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    private static Process process(String... args) throws Exception {
        List<String> command = new ArrayList<>(FreshSignals.prefix());
        command.addAll(ListenProcess.command());
        command.addAll(List.of(args));
        return new ProcessBuilder(command).start();
    }
}
