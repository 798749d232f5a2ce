package org.restream.cli.send;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.restream.cli.command.CommandException;
import org.restream.cli.send.body.Body;
import org.restream.cli.send.body.BodyReader;
import org.restream.cli.send.body.Spool;
import org.restream.cli.send.body.SpooledBody;
import org.restream.cli.send.body.StreamSource;

/**
 * After the server's answer: what is available is still sent while bytes move, and no wait is unlimited.
 */
class UploadTest {
    private static final Duration NOT_AT_ALL = Duration.ofMillis(1);
    private static final Duration LONG = Duration.ofSeconds(30);

    private final CountDownLatch taken = new CountDownLatch(1);
    private final FakeOutgoing req = new FakeOutgoing() {
        @Override
        public void write(ByteBuffer bytes) throws IOException {
            try {
                assertThat(taken.await(30, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            super.write(bytes);
        }
    };

    private static SpooledBody spooled(byte[] bytes) throws CommandException {
        return spooled(new ByteArrayInputStream(bytes));
    }

    private static SpooledBody spooled(InputStream in) throws CommandException {
        return SpooledBody.start(new StreamSource(in, "stdin"), Spool.open("stdin"), failure -> {});
    }

    private Upload start(Body body) throws CommandException {
        Upload upload = new Upload(body.reader(), req, failure -> {});
        upload.start();
        return upload;
    }

    private static @Nullable String awaitEnd(Upload upload, Duration input, Duration stall)
            throws InterruptedException {
        return upload.awaitEnd(input, stall);
    }

    @Test
    void a_server_that_takes_all_gets_all() throws Exception {
        taken.countDown();
        try (SpooledBody body = spooled(new byte[1_000_000])) {
            Upload upload = start(body);
            assertThat(awaitEnd(upload, LONG, LONG)).isNull();
            assertThat(upload.whole()).isTrue();
            assertThat(req.ended()).isTrue();
            assertThat(upload.digest()).isEqualTo(req.written());
        }
    }

    @Test
    void a_server_that_takes_nothing_is_not_waited_for() throws Exception {
        try (SpooledBody body = spooled(new byte[1_000_000])) {
            Upload upload = start(body);
            BodyReader whenAllThere = body.reader();
            while (!whenAllThere.isAllThere()) {
                whenAllThere.read(ByteBuffer.allocate(1_000_000));
            }
            assertThat(awaitEnd(upload, NOT_AT_ALL, NOT_AT_ALL)).isEqualTo("it stopped reading");
            upload.abort();
            taken.countDown();
            assertThat(upload.endsWithin(LONG)).isTrue();
            assertThat(upload.whole()).isFalse();
            assertThat(req.ended()).isFalse();
            assertThat(req.aborted()).isTrue();
        }
    }

    @Test
    void stdin_that_has_more_to_say_is_not_waited_for() throws Exception {
        taken.countDown();
        PipedOutputStream stdin = new PipedOutputStream();
        try (SpooledBody body = spooled(new PipedInputStream(stdin))) {
            stdin.write(new byte[10]);
            Upload upload = start(body);
            assertThat(awaitEnd(upload, NOT_AT_ALL, LONG)).isEqualTo("the input has not ended");
            upload.abort();
            assertThat(upload.endsWithin(LONG)).isTrue();
            assertThat(req.ended()).isFalse();
        }
    }

    @Test
    void one_that_is_stopped_sends_no_end() throws Exception {
        PipedOutputStream stdin = new PipedOutputStream();
        try (SpooledBody body = spooled(new PipedInputStream(stdin))) {
            Upload upload = start(body);
            upload.stop();
            assertThat(upload.endsWithin(LONG)).isTrue();
            assertThat(req.ended()).isFalse();
            assertThat(req.aborted()).isFalse();
        }
    }
}
