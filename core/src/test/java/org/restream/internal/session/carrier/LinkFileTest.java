package org.restream.internal.session.carrier;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file on its way into an exchange of a session. */
class LinkFileTest {
    private static final int SIZE = 100_000;
    private static final int WINDOW = 256 * 1024;

    private final byte[] content = new byte[SIZE];
    private SessionPair pair;
    private FileChannel file;

    @BeforeEach
    void begin(@TempDir Path folder) throws Exception {
        new SplittableRandom(1).nextBytes(content);
        file = FileChannel.open(Files.write(folder.resolve("file"), content));
        pair = new SessionPair(WINDOW);
    }

    @AfterEach
    void end() throws Exception {
        pair.close();
        file.close();
    }

    private byte[] received(int count) throws IOException {
        ByteBuffer came = ByteBuffer.allocate(count);
        while (came.hasRemaining()) {
            assertThat(pair.server().link().read(came)).isPositive();
        }
        return came.array();
    }

    @Test
    void it_is_put_from_the_position_on_that_is_asked_for() throws Exception {
        long sent = pair.client().link().transferFrom(file, 1_000, 10_000);

        assertThat(sent).isEqualTo(10_000);
        assertThat(received(10_000)).isEqualTo(Arrays.copyOfRange(content, 1_000, 11_000));
    }

    @Test
    void its_last_bytes_are_fewer_than_are_asked_for() throws Exception {
        long sent = pair.client().link().transferFrom(file, SIZE - 10_000, 20_000);

        assertThat(sent).isEqualTo(10_000);
        assertThat(received(10_000)).isEqualTo(Arrays.copyOfRange(content, SIZE - 10_000, SIZE));
    }

    @Test
    void nothing_is_put_beyond_its_end() throws Exception {
        assertThat(pair.client().link().transferFrom(file, SIZE, 1)).isZero();
    }

    @Test
    void a_file_that_cannot_be_read_ends_nothing() throws Exception {
        file.close();
        assertThat(pair.client().link().transferFrom(file, 0, SIZE)).isZero();

        pair.client().link().write(ByteBuffer.wrap(content, 0, 10));

        assertThat(received(10)).isEqualTo(Arrays.copyOf(content, 10));
    }

    @Test
    void a_flag_that_its_thread_has_already_means_nothing_to_it() throws Exception {
        Thread.currentThread().interrupt();
        long sent;
        boolean kept;
        try {
            sent = pair.client().link().transferFrom(file, 0, 10_000);
        } finally {
            kept = Thread.interrupted();
        }

        assertThat(sent).isEqualTo(10_000);
        assertThat(kept).isTrue();
        assertThat(file.isOpen()).isTrue();
        assertThat(received(10_000)).isEqualTo(Arrays.copyOf(content, 10_000));
    }
}
