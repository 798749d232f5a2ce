package org.restream.cli.send;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.restream.ClientOptions;
import org.restream.Header;
import org.restream.Restream;
import org.restream.RestreamServer;
import org.restream.cli.command.ExitStatus;
import org.restream.cli.console.OutputOptions;
import org.restream.cli.console.StatusLine;
import org.restream.cli.send.body.Body;
import org.restream.cli.send.body.BodyReader;
import org.restream.cli.send.body.FileBody;
import org.restream.cli.send.progress.Progress;

/** After a bug of ours, or without memory, one job fails with a message, the others go on, and nothing hangs. */
class SendRunTest {
    @TempDir
    private Path folder;

    private final StringWriter err = new StringWriter();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private RestreamServer server;

    @BeforeEach
    void echo() throws Exception {
        server = Restream.createServer((req, res) -> req.transferTo(res)).listen(0);
    }

    @AfterEach
    void close() {
        server.close();
    }

    private static SendSettings settings(ClientOptions options) {
        return new SendSettings(options, false, SendSettings.PATIENCE);
    }

    private enum Where {
        HEADER,
        READER,
        SIZE,
        READ,
        CLOSE
    }

    /** A body without bytes that fails in one place. */
    private record Broken(Where where) implements Body, BodyReader {
        private void at(Where place) {
            if (place == where) {
                throw new StackOverflowError("a bug");
            }
        }

        Header header() {
            at(Where.HEADER);
            return Header.of();
        }

        @Override
        public BodyReader reader() {
            at(Where.READER);
            return this;
        }

        @Override
        public long size() {
            at(Where.SIZE);
            return 0;
        }

        @Override
        public boolean isDry() {
            return false;
        }

        @Override
        public boolean isAllThere() {
            return true;
        }

        @Override
        public int read(ByteBuffer into) {
            at(Where.READ);
            return -1;
        }

        @Override
        public boolean canBeSentAgain() {
            return true;
        }

        @Override
        public void close() {
            at(Where.CLOSE);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "HEADER, 1",
        "HEADER, 2",
        "READER, 1",
        "READER, 2",
        "SIZE, 1",
        "SIZE, 2",
        "READ, 1",
        "READ, 2",
        "CLOSE, 1",
        "CLOSE, 2"
    })
    void an_error_in_one_job_is_told_and_the_others_go_on(Where where, int jobs) throws Exception {
        Path good = Files.writeString(folder.resolve("good"), "good\n");
        Broken broken = new Broken(where);
        ClientOptions options =
                ClientOptions.defaults().servers("127.0.0.1:" + server.address().getPort());
        SendNotices log = new SendNotices("send", new OutputOptions(), new StatusLine(new PrintWriter(err, true)));
        SendRun run = new SendRun(settings(options), log, new Progress());
        run.add(new SendInput("1st", size -> Header.of(), failed -> FileBody.of(good)));
        run.add(new SendInput("broken", size -> broken.header(), failed -> broken));
        run.add(new SendInput("3rd", size -> Header.of(), failed -> FileBody.of(good)));

        int status = run.run(jobs, new AnswerOutput(out, () -> {}));

        assertThat(status).isEqualTo(ExitStatus.LOCAL);
        assertThat(err.toString()).contains("send: broken: ", "a bug").hasLineCount(1);
        assertThat(out.toString(UTF_8)).isEqualTo("good\ngood\n");
    }

    @ParameterizedTest
    @CsvSource({"1", "2"})
    void an_error_before_anything_is_sent_is_told(int jobs) throws Exception {
        SendNotices log = new SendNotices("send", new OutputOptions(), new StatusLine(new PrintWriter(err, true)));
        SendRun run = new SendRun(settings(ClientOptions.defaults()), log, new Progress());
        run.add(new SendInput("broken", size -> Header.of(), failed -> {
            throw new OutOfMemoryError("no more threads");
        }));

        assertThat(run.run(jobs, new AnswerOutput(out, () -> {}))).isEqualTo(ExitStatus.LOCAL);
        assertThat(err.toString()).contains("send: broken: ", "no more threads").hasLineCount(1);
    }

    @ParameterizedTest
    @CsvSource({"1", "2"})
    void where_a_failure_can_not_even_be_told_the_others_go_on(int jobs) throws Exception {
        Path good = Files.writeString(folder.resolve("good"), "good\n");
        Broken broken = new Broken(Where.HEADER);
        ClientOptions options =
                ClientOptions.defaults().servers("127.0.0.1:" + server.address().getPort());
        PrintWriter unwritable = new PrintWriter(err) {
            @Override
            public void println(String line) {
                throw new OutOfMemoryError("none left");
            }
        };
        SendNotices log = new SendNotices("send", new OutputOptions(), new StatusLine(unwritable));
        SendRun run = new SendRun(settings(options), log, new Progress());
        run.add(new SendInput("broken", size -> broken.header(), failed -> broken));
        run.add(new SendInput("2nd", size -> Header.of(), failed -> FileBody.of(good)));
        run.add(new SendInput("3rd", size -> Header.of(), failed -> FileBody.of(good)));

        assertThat(run.run(jobs, new AnswerOutput(out, () -> {}))).isEqualTo(ExitStatus.LOCAL);
        assertThat(out.toString(UTF_8)).isEqualTo("good\ngood\n");
    }

    @ParameterizedTest
    @CsvSource({"text, false", "json, false", "text, true"})
    void a_server_that_does_not_answer_is_named(OutputOptions.LogFormat format, boolean quiet) throws Exception {
        CountDownLatch mayAnswer = new CountDownLatch(1);
        CountDownLatch hasAll = new CountDownLatch(1);
        try (RestreamServer slow = Restream.createServer((req, res) -> {
                    req.readAllBytes();
                    hasAll.countDown();
                    mayAnswer.await();
                    res.end("at last\n");
                })
                .listen(0)) {
            ClientOptions options = ClientOptions.defaults()
                    .servers("127.0.0.1:" + slow.address().getPort());
            OutputOptions output = new OutputOptions();
            output.logFormat = format;
            output.quiet = quiet;
            SendNotices log = new SendNotices("restream send", output, new StatusLine(new PrintWriter(err, true)));
            Path file = Files.writeString(folder.resolve("file"), "hello\n");
            SendRun run = new SendRun(new SendSettings(options, false, Duration.ofMillis(5)), log, new Progress());
            run.add(new SendInput("", size -> Header.of(), failed -> FileBody.of(file)));
            CompletableFuture<Integer> status = new CompletableFuture<>();
            Thread sender = new Thread(() -> {
                try {
                    status.complete(run.run(1, new AnswerOutput(out, () -> {})));
                } catch (Throwable e) {
                    status.completeExceptionally(e);
                }
            });
            sender.start();
            hasAll.await();
            // the failure may be reported before the upload has begun
            String server = "127.0.0.1:" + slow.address().getPort();
            String said = format == OutputOptions.LogFormat.json
                    ? "{\"event\":\"waitingForAnswer\",\"server\":\"" + server + "\",\"attempt\":1,\"bytesSent\":"
                    : "restream send: connected to " + server + ", waiting for the answer";
            if (!quiet) {
                Awaitility.await().until(() -> err.toString().contains(said));
            }
            mayAnswer.countDown();
            assertThat(status.get(30, TimeUnit.SECONDS)).isZero();
            assertThat(err.toString().lines().filter(line -> line.startsWith(said)))
                    .hasSize(quiet ? 0 : 1);
            assertThat(out.toString(UTF_8)).isEqualTo("at last\n");
        }
    }
}
