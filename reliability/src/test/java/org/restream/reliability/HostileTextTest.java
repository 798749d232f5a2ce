package org.restream.reliability;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.restream.Header;
import org.restream.testing.Raw;
import org.restream.testing.ShownText;

/** Text from a peer reaches the command's terminal, log and file names only in a harmless form. */
class HostileTextTest {
    /** Escape sequences, also of one character (C1), a bell, line ends, a NUL, and changes of the writing direction. */
    private static final String HOSTILE =
            "\u001b[2J\u001b]0;title\u0007\u009b31m\r\nforged: line\0\u202egpj.exe\u2066\u2028";

    private static final String GOOD = Header.of("name", HOSTILE, HOSTILE, List.of(HOSTILE)) + "\n\nbody";
    /** An escape inside a token, which JSON parsers quote in their errors. */
    private static final String BAD = "{\"a\":tr\u001b[2J\u0007\u009b\u202e}\n\n";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"--log-format=text", "--log-format=json"})
    void of_listen(String format) throws Exception {
        try (Listening listening = Listening.start(format)) {
            say(listening, GOOD);
            say(listening, BAD);
            listening.line("not JSON");
            assertHarmless(listening.lines());
            assertThat(String.join("\n", listening.lines()))
                    .containsIgnoringCase("\\u001b")
                    .contains("\\u202e");
        }
    }

    @Test
    void of_listen_that_stores_files() throws Exception {
        try (Listening listening = Listening.start("--output", folder.toString())) {
            say(listening, GOOD);
            listening.line("stored");
            assertHarmless(listening.lines());
            try (Stream<Path> files = Files.list(folder)) {
                List<String> names =
                        files.map(file -> file.getFileName().toString()).toList();
                assertThat(names).hasSize(2);
                assertHarmless(names);
            }
        }
    }

    @Test
    void of_listen_that_runs_a_command() throws Exception {
        try (Listening listening = Listening.start("--exec", "exit 3")) {
            say(listening, GOOD);
            listening.line("failed");
            assertHarmless(listening.lines());
            assertThat(String.join("\n", listening.lines())).contains("holds a NUL");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void of_send(boolean good) throws Exception {
        for (String format : List.of("--log-format=text", "--log-format=json")) {
            List<String> stderr = send(good ? GOOD : BAD, format);
            assertHarmless(stderr);
            assertThat(String.join("\n", stderr)).containsIgnoringCase("\\u001b");
        }
    }

    private static void say(Listening listening, String said) throws IOException {
        try (Raw raw = new Raw(listening.address())) {
            raw.say(said).end().hear();
        }
    }

    private static void assertHarmless(List<String> lines) {
        assertThat(lines).isNotEmpty();
        lines.forEach(line -> ShownText.isHarmless(line));
    }

    /** Runs {@code restream send} with a server that answers this; returns its stderr. */
    private static List<String> send(String answer, String format) throws Exception {
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread thread = new Thread(() -> answer(server, answer));
            thread.setDaemon(true);
            thread.start();
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    System.getProperty("java.class.path"),
                    "org.restream.cli.Main"));
            command.addAll(List.of("send", "-i", "--debug", "--max-failures=1", format));
            command.add("--server=127.0.0.1:" + server.getLocalPort());
            Process process = new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.getOutputStream().close();
            String stderr = new String(process.getErrorStream().readAllBytes(), UTF_8);
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            return List.of(stderr.split("\n"));
        }
    }

    private static void answer(ServerSocket server, String answer) {
        try (Socket socket = server.accept();
                OutputStream out = socket.getOutputStream()) {
            socket.getInputStream().readAllBytes();
            out.write(answer.getBytes(UTF_8));
            socket.shutdownOutput();
            socket.getInputStream().readAllBytes();
        } catch (IOException e) {
            // the command has exited
        }
    }
}
