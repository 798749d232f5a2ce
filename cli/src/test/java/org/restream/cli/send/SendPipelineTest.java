package org.restream.cli.send;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.restream.Restream;
import org.restream.RestreamServer;
import org.restream.cli.command.ExitStatus;
import org.restream.cli.testing.SendProcess;

/** What a shell pipes into the command arrives, which {@code sha256sum} checks. */
class SendPipelineTest {
    private static final int SIZE = 30_000_000;

    @TempDir
    private Path folder;

    @BeforeEach
    void aFile() throws Exception {
        byte[] bytes = new byte[SIZE];
        new SplittableRandom(1).nextBytes(bytes);
        Files.write(folder.resolve("file"), bytes);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cat file",
                "gzip -1 -c file",
                "head -c 100000000 /dev/zero",
                "dd if=file bs=4000 2>dd.err",
                "tail -c 1 file; cat file; head -c 1 file",
            })
    void it_arrives_as_it_was_piped(String producer) throws Exception {
        Path out = folder.resolve("out");
        try (RestreamServer server = Restream.createServer((req, res) -> {
                            try (OutputStream file = Files.newOutputStream(out)) {
                                req.transferTo(file);
                            }
                        })
                        .listen(0);
                SendProcess send = SendProcess.start(
                        builder -> pipe(builder, producer),
                        "-s",
                        "127.0.0.1:" + server.address().getPort())) {
            assertThat(send.exit()).isZero();
            assertThat(send.err()).isEmpty();
        }
        assertThat(sha256sum("out")).isEqualTo(sha256sum("in"));
    }

    /** Another program of the pipeline may set the pipe not to wait for its reader: what fails then is no end of that. */
    @Test
    void a_pipe_that_does_not_wait_for_its_reader_is_not_one_without_a_reader() throws Exception {
        try (RestreamServer server = Restream.createServer((req, res) -> res.end("x".repeat(1_000_000)))
                        .listen(0);
                SendProcess send = SendProcess.start(
                        this::unread, "-s", "127.0.0.1:" + server.address().getPort(), "file")) {
            assertThat(send.exit()).as("%s", send.err()).isEqualTo(ExitStatus.LOCAL);
            assertThat(send.err())
                    .singleElement()
                    .satisfies(line -> assertThat(line).contains("can't write to stdout: "));
        }
    }

    /** The reader reads nothing before the command has ended; dd leaves the pipe as it has set it. */
    private void unread(ProcessBuilder builder) {
        String script = "mkfifo ended; { dd if=/dev/null oflag=nonblock 2>/dev/null; \"$@\"; echo $? >ended; }"
                + " | { read -r status <ended; exit $status; }";
        List<String> command = List.copyOf(builder.command());
        builder.directory(folder.toFile())
                .command(Stream.concat(Stream.of("sh", "-c", script, "sh"), command.stream())
                        .toList());
    }

    private void pipe(ProcessBuilder builder, String producer) {
        List<String> command = List.copyOf(builder.command());
        builder.directory(folder.toFile())
                .command(Stream.concat(
                                Stream.of("sh", "-c", "{ " + producer + "; } | tee in | \"$@\"", "sh"),
                                command.stream())
                        .toList());
    }

    private String sha256sum(String file) throws Exception {
        Process sum =
                new ProcessBuilder("sha256sum", file).directory(folder.toFile()).start();
        String said = new String(sum.getInputStream().readAllBytes(), UTF_8);
        assertThat(sum.waitFor()).isZero();
        return said.substring(0, 64);
    }
}
