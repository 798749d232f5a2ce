package org.restream.internal.session.carrier;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Nobody else gets a block from which is still copied. */
class LateCopiesTest {
    private static final int COUNT = Block.MAX_BYTES;

    private final Block block = full();

    private static Block full() {
        Block block = Block.of(COUNT);
        block.fill(ByteBuffer.wrap(ones()), COUNT);
        return block;
    }

    private static byte[] ones() {
        byte[] bytes = new byte[COUNT];
        Arrays.fill(bytes, (byte) 1);
        return bytes;
    }

    /** Takes more blocks than the pool can have, and writes into each. */
    private void useAllOthers() {
        for (int i = 0; i < 1000; i++) {
            Block other = Block.of(COUNT);
            assertThat(other).isNotSameAs(block);
            other.fill(ByteBuffer.allocate(COUNT), COUNT);
        }
    }

    @Test
    void a_block_that_is_freed_meanwhile_is_not_used_again() {
        LateCopies copies = new LateCopies();
        copies.add(block, 0, 10, 0);
        copies.add(block, 10, COUNT - 10, 10);
        block.free();
        useAllOthers();

        ByteBuffer out = ByteBuffer.allocate(COUNT);
        copies.copyTo(out);
        assertThat(out.array()).isEqualTo(ones());
        assertThat(block.length()).as("still held").isEqualTo(COUNT);
        copies.end();
        assertThat(block.length()).as("given back").isZero();
    }

    @Test
    void neither_is_one_of_which_two_connections_send() {
        LateCopies lost = new LateCopies();
        lost.add(block, 0, COUNT, 0);
        LateCopies resumed = new LateCopies();
        resumed.add(block, 0, COUNT, 0);
        block.free();
        resumed.end();
        useAllOthers();
        lost.end();
        assertThat(block.length()).isZero();
    }

    @Test
    void one_that_is_kept_stays_as_it_is() {
        LateCopies copies = new LateCopies();
        copies.add(block, 0, COUNT, 0);
        copies.end();
        assertThat(block.length()).isEqualTo(COUNT);
        block.free();
        assertThat(block.length()).isZero();
    }
}
