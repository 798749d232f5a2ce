package org.restream.cli.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.restream.Header;
import org.restream.Restream;
import org.restream.RestreamServer;
import org.restream.cli.command.ExitStatus;
import org.restream.cli.testing.ListenProcess;
import org.restream.cli.testing.RawServer;
import org.restream.cli.testing.SendProcess;

/**
 * {@code send --exec}: sends the output of a command that ends with status 0; otherwise nothing that looks complete.
 */
class SendExecTest {
    @TempDir
    private Path folder;

    private SendProcess exec(RawServer server, String command, String... args) throws IOException {
        return exec(server.address(), command, args);
    }

    private SendProcess exec(String address, String command, String... args) throws IOException {
        return SendProcess.start(
                builder -> builder.directory(folder.toFile()),
                Stream.concat(Stream.of("-s", address, "--timeout", "10ms", "--exec", command), Stream.of(args))
                        .toArray(String[]::new));
    }

    private static void answer(RawServer.Peer peer) throws IOException {
        peer.write("{}\n\nok");
        peer.end();
    }

    static List<Arguments> commands() {
        return List.of(
                Arguments.of("echo a b", "a b\n"),
                Arguments.of("printf '%s %s' \"x\" 'y\nz'", "x y\nz"),
                Arguments.of("echo a\necho b", "a\nb\n"),
                Arguments.of("cat", "typed"),
                Arguments.of("exec 2>/dev/null; echo a; echo b >&2", "a\n"),
                Arguments.of("echo a 2>/dev/null >&3 || echo no 3", "no 3\n"),
                Arguments.of("true", ""),
                // a shell reports only the last command of a pipeline
                Arguments.of("false | cat", ""));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void what_it_writes_is_sent(String command, String body) throws Exception {
        try (RawServer server = new RawServer();
                SendProcess send = exec(server, command);
                RawServer.Peer peer = server.accept()) {
            send.type("typed");
            send.stdin().close();
            assertThat(peer.readHeader()).isEqualTo("{}");
            assertThat(peer.readRest()).isEqualTo(body);
            answer(peer);
            assertThat(send.exit()).isZero();
            assertThat(send.outText()).isEqualTo("ok");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "--no-spool"})
    void one_that_fails_has_sent_nothing_that_looks_whole(String how) throws Exception {
        try (RawServer server = new RawServer();
                SendProcess send = exec(server, "echo half; read -r go; exit 3", how.isEmpty() ? "-q" : how);
                RawServer.Peer peer = server.accept()) {
            peer.readHeader();
            assertThat(peer.read(5)).isEqualTo("half\n");
            send.type("go\n");
            assertThatThrownBy(peer::readRest).isInstanceOf(IOException.class);
            assertThat(send.exit()).isEqualTo(ExitStatus.LOCAL);
            assertThat(send.err())
                    .containsExactly(
                            "restream send: the command of --exec ended with status 3: echo half; read -r go; exit 3");
        }
    }

    @ParameterizedTest
    @CsvSource({"exit 1, 1", "kill -9 $$, 137", "no-such-command 2>/dev/null, 127", "echo '(' | sh 2>/dev/null, 2"})
    void one_that_fails_ends_the_command_also_without_a_server(String command, int status) throws Exception {
        try (SendProcess send = exec("127.0.0.1:1", command)) {
            assertThat(send.exit()).isEqualTo(ExitStatus.LOCAL);
            assertThat(send.err())
                    .last()
                    .satisfies(
                            line -> assertThat(line).contains("--exec ended with status " + status + ": " + command));
        }
    }

    @Test
    void after_a_loss_its_output_is_sent_again_and_it_runs_once() throws Exception {
        try (RawServer server = new RawServer();
                SendProcess send = exec(server, "echo run >>runs; echo one; read -r go; echo two")) {
            RawServer.Peer first = server.accept();
            first.readHeader();
            assertThat(first.read(4)).isEqualTo("one\n");
            first.reset();
            try (RawServer.Peer second = server.accept()) {
                second.readHeader();
                assertThat(second.read(4)).isEqualTo("one\n");
                send.type("go\n");
                assertThat(second.readRest()).isEqualTo("two\n");
                answer(second);
                assertThat(send.exit()).isZero();
            }
        }
        assertThat(folder.resolve("runs")).hasContent("run");
    }

    /** The shell has ended by then, so waiting for the shell alone would give only a part. */
    @Test
    void it_ends_where_the_last_that_writes_has_ended() throws Exception {
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        try (RawServer server = new RawServer();
                SendProcess send = exec(server, "(read -r go <pipe; echo late) & echo $$");
                RawServer.Peer peer = server.accept()) {
            awaitEnd(firstLine(peer));
            Files.writeString(pipe, "go\n");
            assertThat(peer.readRest()).isEqualTo("late\n");
            answer(peer);
            assertThat(send.exit()).isZero();
        }
    }

    private static void awaitEnd(long pid) throws Exception {
        Optional<ProcessHandle> process = ProcessHandle.of(pid);
        if (process.isPresent()) {
            process.get().onExit().get(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void a_large_one_arrives_as_it_was_written() throws Exception {
        try (ListenProcess listen = ListenProcess.start("--output", folder.toString(), "--name", "out");
                SendProcess send =
                        exec("127.0.0.1:" + listen.address().getPort(), "head -c 20000000 /dev/urandom | tee in")) {
            assertThat(send.exit()).isZero();
        }
        Process cmp = new ProcessBuilder(
                        "cmp",
                        folder.resolve("in").toString(),
                        folder.resolve("out").toString())
                .start();
        assertThat(cmp.waitFor()).isZero();
    }

    @Test
    void it_is_ended_when_the_answer_is_there() throws Exception {
        try (RawServer server = new RawServer();
                SendProcess send = exec(server, "echo $$; exec sleep 1000");
                RawServer.Peer peer = server.accept()) {
            long pid = firstLine(peer);
            answer(peer);
            assertThat(send.exit()).isZero();
            awaitEnd(pid);
        }
    }

    @ParameterizedTest
    @CsvSource({"INT, 130", "TERM, 143", "HUP, 129"})
    void it_is_ended_with_the_command(String signal, int status) throws Exception {
        try (RawServer server = new RawServer();
                SendProcess send = exec(server, "echo $$; exec sleep 1000");
                RawServer.Peer peer = server.accept()) {
            long pid = firstLine(peer);
            send.signal(signal);
            assertThat(send.exit()).isEqualTo(status);
            awaitEnd(pid);
        }
    }

    private static long firstLine(RawServer.Peer peer) throws IOException {
        peer.readHeader();
        StringBuilder line = new StringBuilder();
        for (String c = peer.read(1); !c.equals("\n"); c = peer.read(1)) {
            line.append(c);
        }
        return Long.parseLong(line.toString());
    }

    @Test
    void without_room_for_its_output_it_is_not_run() throws Exception {
        try (SendProcess send = SendProcess.start(
                builder -> builder.directory(folder.toFile())
                        .environment()
                        .put("TMPDIR", folder.resolve("missing").toString()),
                "-s",
                "127.0.0.1:1",
                "--exec",
                "echo >ran")) {
            assertThat(send.exit()).isEqualTo(ExitStatus.LOCAL);
            assertThat(send.err())
                    .singleElement()
                    .satisfies(
                            line -> assertThat(line).startsWith("restream send: can't spool the output of --exec in "));
        }
        assertThat(folder.resolve("ran")).doesNotExist();
    }

    /** Each line is JSON, whichever process has written it. */
    @ParameterizedTest
    @CsvSource({"0, 0", "7, 1"})
    void for_json_what_the_command_says_is_an_event(int status, int exit) throws Exception {
        try (RestreamServer server =
                        Restream.createServer((req, res) -> req.transferTo(res)).listen(0);
                SendProcess send = SendProcess.start(
                        "-s",
                        "127.0.0.1:" + server.address().getPort(),
                        "--log-format",
                        "json",
                        "-q",
                        "--exec",
                        "echo 'a \"line\"' >&2; echo body; printf 'no end' >&2; exit " + status)) {
            assertThat(send.exit()).isEqualTo(exit);
            assertThat(send.err().subList(0, 2))
                    .containsExactly(
                            "{\"event\":\"stderr\",\"message\":\"a \\\"line\\\"\"}",
                            "{\"event\":\"stderr\",\"message\":\"no end\"}");
            for (String line : send.err()) {
                Header.parse(line);
            }
        }
    }

    @Test
    void for_json_what_is_left_running_and_holds_stderr_is_not_waited_for() throws Exception {
        try (RestreamServer server =
                        Restream.createServer((req, res) -> req.transferTo(res)).listen(0);
                SendProcess send = SendProcess.start(
                        "-s",
                        "127.0.0.1:" + server.address().getPort(),
                        "--log-format",
                        "json",
                        "-q",
                        "--exec",
                        "sleep 60 >/dev/null & echo $! >&2; echo body")) {
            String line = send.awaitErr("stderr");
            assertThat(send.exit()).isZero();
            assertThat(send.outText()).isEqualTo("body\n");
            ProcessHandle.of(Long.parseLong(String.valueOf(Header.parse(line).get("message"))))
                    .ifPresent(ProcessHandle::destroyForcibly);
        }
    }
}
