package org.restream.internal.session.carrier;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The large buffers of a process. */
class BuffersTest {
    @Test
    void a_writer_gets_a_smaller_buffer_where_all_of_the_largest_are_in_use() {
        List<ByteBuffer> taken = new ArrayList<>();
        try {
            for (int i = 0; i < Buffers.MAX_WRITE_BUFFERS; i++) {
                taken.add(Buffers.takeToWrite());
            }
            // sessions of other tests may have some
            taken.add(Buffers.takeToWrite());

            assertThat(taken)
                    .filteredOn(buffer -> buffer.capacity() == Buffers.WRITE_BYTES)
                    .hasSizeLessThanOrEqualTo(Buffers.MAX_WRITE_BUFFERS);
            assertThat(taken.get(taken.size() - 1).capacity()).isEqualTo(Buffers.BYTES);
        } finally {
            taken.forEach(Buffers::give);
        }
    }

    @Test
    void a_buffer_that_was_given_back_is_taken_empty() {
        ByteBuffer used = Buffers.takeToWrite();
        Buffers.give(used.putInt(1).flip());

        ByteBuffer next = Buffers.takeToWrite();
        try {
            assertThat(next.position()).isZero();
            assertThat(next.limit()).isEqualTo(next.capacity());
        } finally {
            Buffers.give(next);
        }
    }
}
