package org.restream.cli.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.restream.Restream;
import org.restream.RestreamServer;
import org.restream.cli.command.ExitStatus;
import org.restream.cli.testing.RawServer;
import org.restream.cli.testing.SendProcess;
import org.restream.testing.ReservedPort;

/** Stdin can be read only once, but may have to be sent twice. */
class SendSpoolTest {
    @TempDir
    private Path spool;

    @Test
    void after_a_loss_stdin_is_sent_again_from_its_start_and_goes_on_streaming() throws Exception {
        try (RawServer server = new RawServer();
                SendProcess send = start(server)) {
            send.type("one ");
            RawServer.Peer first = server.accept();
            assertThat(first.readHeader()).isEqualTo("{}");
            assertThat(first.read(4)).isEqualTo("one ");
            first.reset();

            // the loss is noticed even though nothing arrives on stdin
            try (RawServer.Peer second = server.accept()) {
                second.readHeader();
                assertThat(second.read(4)).isEqualTo("one ");
                send.type("two ");
                assertThat(second.read(4)).isEqualTo("two ");
                send.stdin().close();
                assertThat(second.readRest()).isEmpty();
                second.write("{}\n\nthanks");
                second.end();
                assertThat(send.exit()).isZero();
            }
            assertThat(send.outText()).isEqualTo("thanks");
        }
        assertNothingLeft();
    }

    @Test
    void the_spool_has_no_name_from_the_start_so_that_not_even_kill_9_leaves_it() throws Exception {
        try (RawServer server = new RawServer();
                SendProcess send = start(server)) {
            send.type("secret");
            RawServer.Peer peer = server.accept();
            peer.readHeader();
            assertThat(peer.read(6)).isEqualTo("secret");
            assertNothingLeft();
            send.signal("KILL");
            send.exit();
            assertThatThrownBy(peer::readRest).isInstanceOf(IOException.class);
        }
        assertNothingLeft();
    }

    @Test
    void stdin_may_end_before_there_is_a_server() throws Exception {
        try (ReservedPort port = new ReservedPort();
                SendProcess send = start(port.address(), List.of())) {
            send.type("early");
            send.stdin().close();
            send.awaitErr("next attempt at " + port.address());
            try (RestreamServer server = Restream.createServer((req, res) -> req.transferTo(res))) {
                server.listen(port.number());
                assertThat(send.exit()).isZero();
                assertThat(send.outText()).isEqualTo("early");
            }
        }
    }

    @Test
    void memory_does_not_grow_with_stdin() throws Exception {
        int total = 96 * 1024 * 1024;
        CompletableFuture<byte[]> got = new CompletableFuture<>();
        byte[] piece = new byte[1024 * 1024];
        new SplittableRandom(1).nextBytes(piece);
        MessageDigest sent = MessageDigest.getInstance("SHA-256");
        try (RestreamServer server = Restream.createServer((req, res) -> {
                            MessageDigest digest = MessageDigest.getInstance("SHA-256");
                            byte[] read = new byte[64 * 1024];
                            for (int n = req.read(read); n >= 0; n = req.read(read)) {
                                digest.update(read, 0, n);
                            }
                            got.complete(digest.digest());
                        })
                        .listen(0);
                // with a heap of half its size
                SendProcess send = start(address(server), List.of())) {
            for (int i = 0; i < total / piece.length; i++) {
                send.stdin().write(piece);
                sent.update(piece);
            }
            send.stdin().close();
            assertThat(send.exit()).isZero();
            assertThat(got.get(30, TimeUnit.SECONDS)).isEqualTo(sent.digest());
        }
        assertNothingLeft();
    }

    @Test
    void stdin_that_can_not_be_read_aborts_so_that_the_peer_sees_no_end() throws Exception {
        try (RawServer server = new RawServer();
                SendProcess send = SendProcess.start(this::fromFolder, "-s", server.address())) {
            assertThat(send.exit()).isEqualTo(ExitStatus.LOCAL);
            assertThat(send.err()).containsExactly("restream send: can't read stdin: Is a directory");
        }
    }

    private void fromFolder(ProcessBuilder builder) {
        shell(builder, "exec \"$@\" <'" + spool + "'");
    }

    private static void shell(ProcessBuilder builder, String script) {
        List<String> command = List.copyOf(builder.command());
        builder.command(Stream.concat(Stream.of("sh", "-c", script, "sh"), command.stream())
                .toList());
    }

    @Test
    void a_full_disk_aborts_and_is_told_in_one_line() throws Exception {
        try (RawServer server = new RawServer();
                SendProcess send = SendProcess.start(this::withSmallFilesOnly, "-s", server.address())) {
            RawServer.Peer peer = server.accept();
            peer.readHeader();
            CompletableFuture<Void> typed = CompletableFuture.runAsync(() -> typeForEver(send));
            assertThat(send.exit()).isEqualTo(ExitStatus.LOCAL);
            assertThatThrownBy(peer::readRest).isInstanceOf(IOException.class);
            assertThat(send.err())
                    .singleElement()
                    .satisfies(
                            line -> assertThat(line).startsWith("restream send: can't spool stdin in " + spool + ": "));
            typed.get(30, TimeUnit.SECONDS);
        }
        assertNothingLeft();
    }

    /** Limits the size of files, which has the same effect as a full disk. */
    private void withSmallFilesOnly(ProcessBuilder builder) {
        builder.environment().put("TMPDIR", spool.toString());
        shell(builder, "ulimit -f 4096 && exec \"$@\"");
    }

    private static void typeForEver(SendProcess send) {
        byte[] piece = new byte[64 * 1024];
        try {
            while (true) {
                send.stdin().write(piece);
            }
        } catch (IOException e) {
            // it has ended
            return;
        }
    }

    @Test
    void a_folder_for_the_spool_that_is_not_there_is_told() throws Exception {
        Path missing = spool.resolve("missing");
        try (SendProcess send = SendProcess.start(
                builder -> builder.environment().put("TMPDIR", missing.toString()), "-s", "127.0.0.1:1")) {
            assertThat(send.exit()).isEqualTo(ExitStatus.LOCAL);
            assertThat(send.err())
                    .singleElement()
                    .satisfies(line -> assertThat(line)
                            .startsWith("restream send: can't spool stdin in " + missing)
                            .endsWith("no such file or folder"));
        }
    }

    @Test
    void without_a_spool_what_was_sent_can_not_be_sent_again() throws Exception {
        try (RawServer server = new RawServer();
                SendProcess send = start(server, "--no-spool")) {
            send.type("one ");
            RawServer.Peer peer = server.accept();
            peer.readHeader();
            assertThat(peer.read(4)).isEqualTo("one ");
            peer.reset();
            assertThat(send.exit()).isEqualTo(ExitStatus.LOST);
            assertThat(send.err())
                    .singleElement()
                    .satisfies(line -> assertThat(line)
                            .startsWith("restream send: " + server.address() + ": lost ")
                            .endsWith("; it can't be sent again, since --no-spool keeps nothing"));
        }
    }

    @Test
    void without_a_spool_a_loss_before_the_first_byte_is_tried_again() throws Exception {
        try (RawServer server = new RawServer();
                SendProcess send = start(server, "--no-spool")) {
            RawServer.Peer first = server.accept();
            first.readHeader();
            first.reset();
            try (RawServer.Peer second = server.accept()) {
                second.readHeader();
                send.type("one ");
                assertThat(second.read(4)).isEqualTo("one ");
                send.stdin().close();
                assertThat(second.readRest()).isEmpty();
                second.write("{}\n\n");
                second.end();
                assertThat(send.exit()).isZero();
            }
        }
        assertNothingLeft();
    }

    @Test
    void a_pipe_as_file_is_spooled_too() throws Exception {
        Path pipe = spool.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        try (RawServer server = new RawServer();
                SendProcess send = SendProcess.start("--timeout", "10ms", "-s", server.address(), pipe.toString())) {
            Files.write(pipe, "once".getBytes(StandardCharsets.UTF_8));
            RawServer.Peer first = server.accept();
            assertThat(first.readHeader()).isEqualTo("{}");
            assertThat(first.read(4)).isEqualTo("once");
            first.reset();
            try (RawServer.Peer second = server.accept()) {
                second.readHeader();
                assertThat(second.readRest()).isEqualTo("once");
                second.write("{}\n\n");
                second.end();
                assertThat(send.exit()).isZero();
            }
        }
    }

    private SendProcess start(RawServer server, String... args) throws IOException {
        return start(server.address(), List.of(args));
    }

    private SendProcess start(String address, List<String> args) throws IOException {
        Stream<String> all = Stream.concat(Stream.of("-s", address, "--timeout", "10ms"), args.stream());
        return SendProcess.start(
                builder -> builder.environment().put("TMPDIR", spool.toString()), all.toArray(String[]::new));
    }

    private static String address(RestreamServer server) {
        return "127.0.0.1:" + server.address().getPort();
    }

    private void assertNothingLeft() {
        assertThat(spool).isEmptyDirectory();
    }
}
