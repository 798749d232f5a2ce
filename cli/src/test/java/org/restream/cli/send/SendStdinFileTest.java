package org.restream.cli.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.restream.cli.command.ExitStatus;
import org.restream.cli.testing.RawServer;
import org.restream.cli.testing.SendProcess;

/** {@code restream send < file}: the file is not copied. In these tests there is no space for a copy. */
class SendStdinFileTest {
    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void aFile() throws Exception {
        file = Files.writeString(folder.resolve("file"), "one\ntwo\n");
    }

    /** Runs the command in a shell, as {@code "$@"}. */
    private SendProcess start(String script, RawServer server, String... args) throws IOException {
        Stream<String> all = Stream.concat(Stream.of("-s", server.address(), "--timeout", "10ms"), Stream.of(args));
        return SendProcess.start(
                builder -> {
                    List<String> command = List.copyOf(builder.command());
                    builder.environment()
                            .put("TMPDIR", folder.resolve("missing").toString());
                    builder.directory(folder.toFile());
                    builder.command(Stream.concat(Stream.of("sh", "-c", script, "sh"), command.stream())
                            .toList());
                },
                all.toArray(String[]::new));
    }

    private static void expect(RawServer server, String body) throws IOException {
        expect(server, "{\"size\":" + body.length() + "}", body);
    }

    private static void expect(RawServer server, String header, String body) throws IOException {
        try (RawServer.Peer peer = server.accept()) {
            assertThat(peer.readHeader()).isEqualTo(header);
            assertThat(peer.readRest()).isEqualTo(body);
            peer.write("{}\n\nok\n");
            peer.end();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "exec \"$@\" <file",
                "exec \"$@\" - <file",
                "exec \"$@\" --no-spool <file",
                // what was read earlier is not sent
                "{ echo zero; cat file; } >more; { read -r first; \"$@\"; } <more",
                // the file has no name any more
                "{ rm file; exec \"$@\"; } <file",
                // a program that reads later finds nothing more
                "{ \"$@\"; cat; } <file",
            })
    void it_is_sent_from_where_it_stands(String script) throws Exception {
        try (RawServer server = new RawServer();
                SendProcess send = start(script, server)) {
            expect(server, "one\ntwo\n");
            assertThat(send.exit()).isZero();
            assertThat(send.outText()).isEqualTo("ok\n");
            assertThat(send.err()).isEmpty();
        }
    }

    @Test
    void after_a_loss_it_is_sent_again() throws Exception {
        try (RawServer server = new RawServer();
                SendProcess send = start("{ read -r first; \"$@\"; } <file", server)) {
            RawServer.Peer peer = server.accept();
            peer.readHeader();
            assertThat(peer.read(4)).isEqualTo("two\n");
            peer.reset();
            expect(server, "two\n");
            assertThat(send.exit()).isZero();
        }
    }

    @Test
    void one_that_stands_at_its_end_is_empty() throws Exception {
        try (RawServer server = new RawServer();
                SendProcess send = start("{ cat >all; \"$@\"; } <file", server)) {
            expect(server, "");
            assertThat(send.exit()).isZero();
        }
    }

    @Test
    void one_that_is_cut_while_it_is_sent_is_reset_and_told() throws Exception {
        Files.write(file, new byte[50_000_000]);
        try (RawServer server = new RawServer();
                SendProcess send = start("exec \"$@\" <file", server);
                RawServer.Peer peer = server.accept()) {
            peer.readHeader();
            peer.readBytes(1_000_000);
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.truncate(20_000_000);
            }
            assertThatThrownBy(peer::readRest).isInstanceOf(IOException.class);
            assertThat(send.exit()).isEqualTo(ExitStatus.LOCAL);
            assertThat(send.err())
                    .containsExactly("restream send: stdin changed while it was sent: it had 50000000 bytes, and has"
                            + " 20000000");
        }
    }

    @Test
    void of_one_that_grows_no_more_is_sent_than_its_header_says_and_it_is_told() throws Exception {
        Files.write(file, new byte[50_000_000]);
        try (RawServer server = new RawServer();
                SendProcess send = start("exec \"$@\" <file", server);
                RawServer.Peer peer = server.accept()) {
            assertThat(peer.readHeader()).isEqualTo("{\"size\":50000000}");
            Files.write(file, new byte[1], StandardOpenOption.APPEND);
            assertThatThrownBy(peer::readRest).isInstanceOf(IOException.class);
            assertThat(send.exit()).isEqualTo(ExitStatus.LOCAL);
            assertThat(send.err())
                    .containsExactly("restream send: stdin changed while it was sent: it had 50000000 bytes, and has"
                            + " 50000001");
        }
    }

    @Test
    void what_the_user_says_of_the_size_counts() throws Exception {
        try (RawServer server = new RawServer();
                SendProcess send = start("exec \"$@\" -H size=any <file", server)) {
            expect(server, "{\"size\":\"any\"}", "one\ntwo\n");
            assertThat(send.exit()).isZero();
        }
    }

    @Test
    void one_that_can_not_be_read_is_told() throws Exception {
        try (RawServer server = new RawServer();
                SendProcess send = start("exec \"$@\" 0>>file", server)) {
            assertThat(send.exit()).isEqualTo(ExitStatus.LOCAL);
            assertThat(send.err())
                    .singleElement()
                    .satisfies(line -> assertThat(line).startsWith("restream send: can't read stdin: "));
        }
    }

    @Test
    void one_that_the_system_makes_up_is_read_to_its_end() throws Exception {
        Path made = Path.of("/proc/filesystems");
        assumeTrue(Files.isReadable(made), "there is such a file");
        try (RawServer server = new RawServer();
                SendProcess send = start("exec \"$@\" <" + made, server)) {
            expect(server, "{}", Files.readString(made));
            assertThat(send.exit()).isZero();
        }
    }
}
