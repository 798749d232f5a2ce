package org.restream.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** A file that one thread writes while another reads it: what is read is what was written, whoever is ahead. */
class SpooledBodyTest {
    /** Gives its bytes in small pieces, without end of file in between: a producer that hardly keeps up. */
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
        FakeOutgoing out = new FakeOutgoing();

        try (SpooledBody body = SpooledBody.start(in, "stdin", failure -> {})) {
            body.sendTo(out, count -> assertThat(count).as("seed %d", seed).isPositive(), () -> false);
        }

        assertThat(out.written()).as("seed %d", seed).isEqualTo(in.given.build());
    }

    @Test
    void what_is_in_the_file_but_not_yet_told_is_not_read() throws Exception {
        CountDownLatch secondIsWritten = new CountDownLatch(1);
        CountDownLatch firstIsSent = new CountDownLatch(1);
        FileChannel file = new FakeFileChannel(SpoolFile.open()) {
            @Override
            public int write(ByteBuffer bytes, long position) throws IOException {
                int count = super.write(bytes, position);
                if (position > 0) {
                    secondIsWritten.countDown();
                    await(firstIsSent);
                }
                return count;
            }
        };
        List<Integer> sent = new ArrayList<>();
        FakeOutgoing out = new FakeOutgoing() {
            @Override
            public void write(ByteBuffer bytes) throws IOException {
                sent.add(bytes.remaining());
                super.write(bytes);
                firstIsSent.countDown();
            }
        };

        try (SpooledBody body = SpooledBody.start(twice("hello"), "stdin", file, failure -> {})) {
            await(secondIsWritten);
            body.sendTo(out, count -> {}, () -> false);
        }

        assertThat(sent).containsExactly(5, 5);
        assertThat(out.written()).isEqualTo(digest("hellohello"));
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
        FakeOutgoing out = new FakeOutgoing();

        try (SpooledBody body = SpooledBody.start(bytes("hello"), "stdin", file, failure -> {})) {
            assertThatThrownBy(() -> body.sendTo(out, count -> {}, () -> false))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("ends after 0 bytes, but 5 were written to it");
        }

        assertThat(out.written().size()).isZero();
    }
}
