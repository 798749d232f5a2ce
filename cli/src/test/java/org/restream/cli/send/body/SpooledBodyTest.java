package org.restream.cli.send.body;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.restream.cli.command.CommandException;
import org.restream.cli.command.Digest;
import org.restream.cli.command.SpoolFile;

/** One thread writes a file while another reads it: the reader gets exactly what was written. */
class SpooledBodyTest {
    /** Returns its bytes in small pieces, like a producer that is slower than the reader. */
    private static final class Pieces extends InputStream {
        private final SplittableRandom random;
        private final Digest.Builder given = new Digest.Builder();
        private long left;

        Pieces(long seed, long size) {
            random = new SplittableRandom(seed);
            left = size;
        }

        @Override
        public int read() {
            throw new UnsupportedOperationException();
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
            if (left == 0) {
                return -1;
            }
            byte[] piece = new byte[(int) Math.min(Math.min(length, 1 + random.nextInt(8_192)), left)];
            random.nextBytes(piece);
            given.add(piece, piece.length);
            System.arraycopy(piece, 0, bytes, offset, piece.length);
            left -= piece.length;
            return piece.length;
        }
    }

    @RepeatedTest(5)
    void what_is_sent_is_what_was_read_when_both_are_as_fast(RepetitionInfo repetition) throws Exception {
        long seed = repetition.getCurrentRepetition();
        Pieces in = new Pieces(seed, 20_000_000);

        try (SpooledBody body = start(in)) {
            assertThat(read(body.reader())).as("seed %d", seed).isEqualTo(in.given.build());
        }
    }

    private static SpooledBody start(InputStream in) throws CommandException {
        return SpooledBody.start(new StreamSource(in, "stdin"), Spool.open("stdin"), failure -> {});
    }

    private static SpooledBody start(InputStream in, FileChannel spool) {
        return SpooledBody.start(new StreamSource(in, "stdin"), new Spool("stdin", spool), failure -> {});
    }

    private static Digest read(BodyReader reader) throws CommandException {
        Digest.Builder digest = new Digest.Builder();
        ByteBuffer piece = ByteBuffer.allocate(64 * 1024);
        for (int count = reader.read(piece); count >= 0; count = reader.read(piece.clear())) {
            assertThat(count).isPositive().isEqualTo(piece.position());
            digest.add(piece.array(), count);
        }
        return digest.build();
    }

    @Test
    void what_is_in_the_file_but_not_yet_told_is_not_read() throws Exception {
        CountDownLatch secondIsWritten = new CountDownLatch(1);
        CountDownLatch firstIsRead = new CountDownLatch(1);
        FileChannel file = new FakeFileChannel(SpoolFile.open()) {
            @Override
            public int write(ByteBuffer bytes, long position) throws IOException {
                int count = super.write(bytes, position);
                if (position > 0) {
                    secondIsWritten.countDown();
                    await(firstIsRead);
                }
                return count;
            }
        };

        try (SpooledBody body = start(twice("hello"), file)) {
            await(secondIsWritten);
            BodyReader reader = body.reader();
            ByteBuffer piece = ByteBuffer.allocate(100);
            assertThat(reader.read(piece)).isEqualTo(5);
            firstIsRead.countDown();
            assertThat(reader.read(piece)).isEqualTo(5);
            assertThat(reader.read(piece)).isEqualTo(-1);
            assertThat(new String(piece.array(), 0, piece.position(), UTF_8)).isEqualTo("hellohello");
        }
    }

    @Test
    void two_readers_do_not_disturb_each_other() throws Exception {
        try (SpooledBody body = start(bytes("hello"))) {
            BodyReader first = body.reader();
            BodyReader second = body.reader();
            ByteBuffer piece = ByteBuffer.allocate(2);
            assertThat(first.read(piece)).isEqualTo(2);
            assertThat(read(second)).isEqualTo(digest("hello"));
            first.close();
            assertThatThrownBy(() -> first.read(piece.clear())).isInstanceOf(CancellationException.class);
            assertThat(read(body.reader())).isEqualTo(digest("hello"));
        }
    }

    @Test
    void a_reader_that_waits_ends_when_it_is_closed() throws Exception {
        try (SpooledBody body = start(new PipedInputStream(new PipedOutputStream()))) {
            BodyReader reader = body.reader();
            CompletableFuture<Digest> read = new CompletableFuture<>();
            Thread thread = new Thread(() -> {
                try {
                    read.complete(read(reader));
                } catch (Throwable e) {
                    read.completeExceptionally(e);
                }
            });
            thread.start();
            reader.close();
            assertThatThrownBy(() -> read.get(30, TimeUnit.SECONDS)).isInstanceOf(CancellationException.class);
        }
    }

    @Test
    void a_stream_that_throws_an_error_fails_and_does_not_end() throws Exception {
        CompletableFuture<CommandException> told = new CompletableFuture<>();
        InputStream broken = new InputStream() {
            @Override
            public int read() {
                throw new AssertionError("a bug");
            }

            @Override
            public int read(byte[] bytes, int offset, int length) {
                throw new AssertionError("a bug");
            }
        };
        try (SpooledBody body =
                SpooledBody.start(new StreamSource(broken, "stdin"), Spool.open("stdin"), told::complete)) {
            assertThat(told.get(30, TimeUnit.SECONDS)).hasMessageContaining("a bug");
            assertThatThrownBy(() -> read(body.reader())).isInstanceOf(CommandException.class);
        }
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    /** The text, in two reads. */
    private static InputStream twice(String text) {
        return new SequenceInputStream(bytes(text), bytes(text));
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(UTF_8));
    }

    private static Digest digest(String text) {
        Digest.Builder digest = new Digest.Builder();
        byte[] bytes = text.getBytes(UTF_8);
        digest.add(bytes, bytes.length);
        return digest.build();
    }

    @Test
    void a_spool_that_is_shorter_than_what_was_written_is_an_error() throws Exception {
        FileChannel file = new FakeFileChannel(SpoolFile.open()) {
            @Override
            public int read(ByteBuffer into, long position) {
                return -1;
            }
        };

        try (SpooledBody body = start(bytes("hello"), file)) {
            assertThatThrownBy(() -> read(body.reader()))
                    .isInstanceOf(CommandException.class)
                    .hasMessageContaining("ends after 0 bytes, but 5 were written to it");
        }
    }
}
