package org.restream.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** The digest of a body whose first part is read again while the rest comes. */
class RunningDigestTest {
    private final byte[] body = new byte[2_000_000];
    private final RunningDigest digest = new RunningDigest();

    RunningDigestTest() {
        new Random(7).nextBytes(body);
    }

    private String expected() throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
    }

    private InputStream from(long position) {
        return new ByteArrayInputStream(body, (int) position, body.length);
    }

    private void add(int from, int to) {
        digest.add(from, ByteBuffer.wrap(body, from, to - from));
    }

    @Test
    void what_passes_is_digested() throws Exception {
        digest.resume(0, this::from);
        add(0, 1000);
        add(1000, body.length);
        assertThat(digest.isCurrent()).isTrue();
        assertThat(digest.await()).isEqualTo(expected());
        assertThat(digest.await()).as("asked again").isEqualTo(expected());
    }

    @Test
    void nobody_waits_for_the_first_part_but_who_wants_the_digest() throws Exception {
        CountDownLatch readable = new CountDownLatch(1);
        digest.resume(1_500_000, position -> {
            await(readable);
            return from(position);
        });
        add(1_500_000, 1_600_000);
        assertThat(digest.isCurrent()).isFalse();
        readable.countDown();
        add(1_600_000, body.length);
        assertThat(digest.await()).isEqualTo(expected());
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void it_goes_on_where_it_was_suspended() throws Exception {
        digest.resume(1_000_000, this::from);
        add(1_000_000, 1_200_000);
        digest.suspend();
        assertThat(digest.fits(1_200_000)).isTrue();
        digest.resume(1_200_000, this::from);
        add(1_200_000, body.length);
        assertThat(digest.await()).isEqualTo(expected());
    }

    @Test
    void what_is_sent_twice_counts_once() throws Exception {
        digest.resume(0, this::from);
        add(0, 1_000_000);
        digest.suspend();
        digest.resume(400_000, this::from);
        add(400_000, 900_000);
        add(900_000, 1_700_000);
        add(1_700_000, body.length);
        assertThat(digest.await()).isEqualTo(expected());
    }

    @Test
    void one_that_has_digested_more_than_is_there_does_not_fit() {
        digest.resume(0, this::from);
        add(0, 1000);
        assertThat(digest.fits(999)).isFalse();
        assertThat(digest.fits(1000)).isTrue();
    }

    @Test
    void a_suspended_one_gives_nothing() throws Exception {
        digest.resume(1000, position -> new ByteArrayInputStream(Arrays.copyOf(body, 10)));
        digest.suspend();
        assertThat(digest.isCurrent()).isFalse();
    }

    @Test
    void what_can_not_be_read_again_is_an_error_and_not_another_digest() {
        digest.resume(1000, position -> {
            throw new IOException("the disk is broken");
        });
        assertThatThrownBy(digest::await).hasMessageContaining("the disk is broken");
        assertThat(digest.fits(Long.MAX_VALUE)).isFalse();
    }

    @Test
    void a_file_that_has_become_shorter_is_an_error() {
        digest.resume(1000, position -> new ByteArrayInputStream(body, 0, 10));
        assertThatThrownBy(digest::await).hasMessageContaining("shorter");
    }
}
