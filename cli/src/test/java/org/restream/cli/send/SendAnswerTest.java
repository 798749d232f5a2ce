package org.restream.cli.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.restream.cli.command.ExitStatus;
import org.restream.cli.testing.RawServer;
import org.restream.cli.testing.SendProcess;

/** The answer is streamed, whole, and written once. */
class SendAnswerTest {
    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void aFile() throws Exception {
        file = Files.writeString(folder.resolve("hello.txt"), "hello");
    }

    @Test
    void it_comes_as_it_is_sent_not_at_the_end() throws Exception {
        try (RawServer server = new RawServer();
                SendProcess send = SendProcess.start(SendAnswerTest::unread, "-s", server.address())) {
            try (RawServer.Peer peer = server.accept()) {
                peer.readHeader();
                peer.write("{}\n\n");
                send.type("ping");
                assertThat(peer.read(4)).isEqualTo("ping");
                peer.write("pong");
                peer.write("\n");
                send.awaitErr("pong");
                send.stdin().close();
                assertThat(peer.readRest()).isEmpty();
                peer.end();
                assertThat(send.exit()).isZero();
            }
        }
    }

    /** Redirects stdout to stderr, whose lines the test can wait for. */
    private static void unread(ProcessBuilder builder) {
        String[] shell = {"sh", "-c", "exec \"$@\" >&2", "sh"};
        builder.command(
                Stream.concat(Arrays.stream(shell), builder.command().stream()).toList());
    }

    @Test
    void after_a_loss_it_goes_on_where_it_was_cut() throws Exception {
        try (RawServer server = new RawServer();
                SendProcess send = send(server)) {
            answerAndReset(server, "one ");
            answer(server, "one two");
            assertThat(send.exit()).isZero();
            assertThat(out()).hasContent("one two");
        }
    }

    @Test
    void another_answer_after_a_loss_is_refused_and_told() throws Exception {
        try (RawServer server = new RawServer();
                SendProcess send = send(server)) {
            answerAndReset(server, "one ");
            answer(server, "ONE two");
            assertThat(send.exit()).isEqualTo(ExitStatus.LOST);
            assertThat(out()).hasContent("one ");
            assertThat(send.err())
                    .last()
                    .satisfies(line -> assertThat(line)
                            .contains("hello.txt: the connection was lost after 4 bytes of the answer had been written")
                            .contains("is another"));
        }
    }

    @Test
    void a_shorter_answer_after_a_loss_is_refused_and_told() throws Exception {
        try (RawServer server = new RawServer();
                SendProcess send = send(server)) {
            answerAndReset(server, "one ");
            answer(server, "on");
            assertThat(send.exit()).isEqualTo(ExitStatus.LOST);
            assertThat(send.err()).last().satisfies(line -> assertThat(line).contains("has only 2 bytes"));
        }
    }

    /** Answers, and resets when the bytes have been written, which the client confirms. */
    private void answerAndReset(RawServer server, String text) throws Exception {
        RawServer.Peer peer = server.accept();
        peer.readHeader();
        assertThat(peer.readRest()).isEqualTo("hello");
        peer.write("{}\n\n" + text);
        awaitWritten(text.length());
        peer.reset();
    }

    private void awaitWritten(int bytes) {
        Awaitility.await().until(() -> Files.exists(out()) && Files.size(out()) >= bytes);
    }

    private static void answer(RawServer server, String text) throws Exception {
        answer(server, text, "{}");
    }

    private static void answer(RawServer server, String text, String header) throws Exception {
        try (RawServer.Peer peer = server.accept()) {
            peer.readHeader();
            assertThat(peer.readRest()).isEqualTo("hello");
            peer.write(header + "\n\n" + text);
            peer.end();
            peer.readRest();
        }
    }

    private Path out() {
        return folder.resolve("out");
    }

    private SendProcess send(RawServer server) throws Exception {
        return SendProcess.start(
                builder -> builder.redirectOutput(out().toFile()),
                "--timeout",
                "10ms",
                "-s",
                server.address(),
                file.toString());
    }

    @Test
    void an_answer_from_a_server_that_does_not_take_everything_is_read_and_told() throws Exception {
        Path large = Files.write(folder.resolve("large"), new byte[50_000_000]);
        try (RawServer server = new RawServer();
                SendProcess send = SendProcess.start("-i", "-s", server.address(), large.toString())) {
            RawServer.Peer peer = server.accept();
            assertThat(peer.readHeader()).isEqualTo("{\"name\":\"large\",\"size\":50000000}");
            peer.write("{\"enough\":true}\n\nno more");
            peer.end();
            send.awaitErr("{\"enough\":true}");
            peer.close();
            assertThat(send.exit()).isZero();
            assertThat(send.outText()).isEqualTo("no more");
            assertThat(send.err())
                    .last()
                    .satisfies(line -> assertThat(line)
                            .contains("large: " + server.address()
                                    + " has answered, but did not read the whole request"));
        }
    }

    @Test
    void it_ends_the_command_though_stdin_goes_on() throws Exception {
        try (RawServer server = new RawServer();
                SendProcess send = SendProcess.start("-s", server.address());
                RawServer.Peer peer = server.accept()) {
            send.type("ping");
            peer.readHeader();
            assertThat(peer.read(4)).isEqualTo("ping");
            peer.write("{}\n\npong");
            peer.end();
            assertThat(send.exit()).isZero();
            assertThat(send.outText()).isEqualTo("pong");
            assertThat(send.err())
                    .containsExactly("restream send: " + server.address()
                            + " has answered, but did not read the whole request: the input has not ended");
            assertThatThrownBy(peer::readRest).isInstanceOf(IOException.class);
        }
    }

    @Test
    void it_ends_the_command_though_stdin_never_ends() throws Exception {
        try (RawServer server = new RawServer();
                SendProcess send = SendProcess.start("-s", server.address());
                RawServer.Peer peer = server.accept()) {
            CompletableFuture<Void> typed = CompletableFuture.runAsync(() -> typeForEver(send));
            peer.readHeader();
            peer.write("{\"size\":7}\n\npong");
            peer.end();
            assertThat(send.exit()).isEqualTo(ExitStatus.LOST);
            assertThat(send.outText()).isEqualTo("pong");
            assertThat(send.err())
                    .last()
                    .satisfies(line -> assertThat(line).contains("\"size\" 7, but only a part was sent"));
            typed.get(30, TimeUnit.SECONDS);
        }
    }

    private static void typeForEver(SendProcess send) {
        try {
            while (true) {
                send.type("x");
            }
        } catch (IOException e) {
            // it has ended
            return;
        }
    }

    @Test
    void a_server_that_answers_first_and_then_reads_gets_all() throws Exception {
        Path large = Files.write(folder.resolve("large"), new byte[10_000_000]);
        try (RawServer server = new RawServer();
                SendProcess send = SendProcess.start("-s", server.address(), large.toString());
                RawServer.Peer peer = server.accept()) {
            peer.write("{}\n\n");
            peer.end();
            peer.readHeader();
            assertThat(peer.readRest()).hasSize(10_000_000);
            assertThat(send.exit()).isZero();
            assertThat(send.err()).isEmpty();
        }
    }

    @Test
    void a_server_that_answers_first_gets_all_of_a_short_stdin() throws Exception {
        try (RawServer server = new RawServer();
                SendProcess send = SendProcess.start("-s", server.address());
                RawServer.Peer peer = server.accept()) {
            send.type("hello");
            send.stdin().close();
            peer.write("{}\n\n");
            peer.end();
            peer.readHeader();
            assertThat(peer.readRest()).isEqualTo("hello");
            assertThat(send.exit()).isZero();
            assertThat(send.err()).isEmpty();
        }
    }

    @Test
    void its_header_is_shown_where_asked_for_and_never_raw() throws Exception {
        try (RawServer server = new RawServer();
                SendProcess send = SendProcess.start("-qi", "-s", server.address(), file.toString())) {
            try (RawServer.Peer peer = server.accept()) {
                peer.readHeader();
                peer.write("{\"title\":\"\u009b31m\u202e\"}\n\n");
                peer.end();
                peer.readRest();
            }
            assertThat(send.exit()).isZero();
            assertThat(send.err()).containsExactly("{\"title\":\"\\u009b31m\\u202e\"}");
        }
    }

    @Test
    void its_header_is_whole_in_every_locale() throws Exception {
        try (RawServer server = new RawServer();
                SendProcess send = SendProcess.start(
                        builder -> builder.environment().put("LC_ALL", "C"),
                        "-i",
                        "-s",
                        server.address(),
                        file.toString())) {
            answer(server, "", "{\"title\":\"Überß 界\"}");
            assertThat(send.exit()).isZero();
            assertThat(send.err()).containsExactly("{\"title\":\"Überß 界\"}");
        }
    }

    @Test
    void a_closed_stdout_ends_it_quietly() throws Exception {
        try (RawServer server = new RawServer();
                SendProcess send = SendProcess.start(
                        builder -> builder.redirectErrorStream(false), "-s", server.address(), file.toString())) {
            try (RawServer.Peer peer = server.accept()) {
                peer.readHeader();
                peer.write("{}\n\n");
                send.closeOut();
                String line = "y".repeat(1023) + "\n";
                try {
                    for (int i = 0; i < 10_000; i++) {
                        peer.write(line);
                    }
                } catch (IOException e) {
                    assertThat(e).hasMessageNotContaining("timed out");
                }
            }
            assertThat(send.exit()).isEqualTo(ExitStatus.CLOSED_OUTPUT);
            assertThat(send.err()).isEmpty();
        }
    }

    @Test
    void a_full_disk_behind_stdout_is_told() throws Exception {
        try (RawServer server = new RawServer();
                SendProcess send = SendProcess.start(
                        builder -> builder.redirectOutput(Path.of("/dev/full").toFile()),
                        "-s",
                        server.address(),
                        file.toString())) {
            RawServer.Peer peer = server.accept();
            peer.readHeader();
            peer.write("{}\n\n" + "y".repeat(100));
            assertThat(send.exit()).isEqualTo(ExitStatus.LOCAL);
            assertThat(send.err())
                    .singleElement()
                    .satisfies(line -> assertThat(line).contains("hello.txt: can't write to stdout: "));
        }
    }

    @Test
    void an_answer_that_is_what_was_sent_but_ends_before_its_size_is_cut() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "hello");
        for (String answer : List.of("hel", "ok")) {
            try (RawServer server = new RawServer();
                    SendProcess send = SendProcess.start("-s", server.address(), file.toString());
                    RawServer.Peer peer = server.accept()) {
                peer.readHeader();
                peer.readRest();
                peer.write("{\"size\":5}\n\n" + answer);
                peer.end();
                if (answer.equals("ok")) {
                    // claims about what was received, and an answer with a body of its own
                    assertThat(send.exit()).isZero();
                } else {
                    assertThat(send.exit()).isEqualTo(ExitStatus.LOST);
                    assertThat(send.err()).last().asString().contains("\"size\" 5", "ends after 3 bytes");
                }
            }
        }
    }
}
