package org.restream.internal.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.restream.testing.PipeLink;
import org.restream.testing.PipePeer;

class BuffersTest {
    private final List<PipeLink> ends = PipeLink.pair(1 << 20);
    private final PipePeer peer = new PipePeer(ends.get(1));
    private final ReadBuffer buffer = new ReadBuffer();

    /** Reads everything that the peer has sent at once, then adapts the size, as before the next read. */
    private int read(int said) throws Exception {
        peer.say(new byte[said]);
        assertThat(ends.get(0).read(buffer.room())).isPositive();
        buffer.filled();
        int count = buffer.bytes().remaining();
        buffer.bytes().position(buffer.bytes().limit());
        buffer.adapt();
        return count;
    }

    @Test
    void a_read_buffer_starts_small_and_grows_while_it_is_filled() throws Exception {
        assertThat(buffer.capacity()).isEqualTo(1024);
        assertThat(read(200_000)).isEqualTo(1024);
        assertThat(buffer.capacity()).isEqualTo(4096);
        assertThat(read(0)).isEqualTo(4096);
        assertThat(read(0)).isEqualTo(16 * 1024);
        assertThat(read(0)).isEqualTo(64 * 1024);
        assertThat(buffer.capacity()).isEqualTo(64 * 1024);
        assertThat(read(0)).isEqualTo(64 * 1024);
        assertThat(buffer.capacity()).isEqualTo(64 * 1024);
    }

    @Test
    void it_shrinks_when_little_comes_and_stays_when_it_is_used() throws Exception {
        read(1024);
        read(4096);
        assertThat(buffer.capacity()).isEqualTo(16 * 1024);
        read(2 * 1024);
        assertThat(buffer.capacity()).isEqualTo(16 * 1024);
        read(2 * 1024 - 1);
        assertThat(buffer.capacity()).isEqualTo(4096);
        read(1);
        assertThat(buffer.capacity()).isEqualTo(1024);
        read(1);
        assertThat(buffer.capacity()).isEqualTo(256);
        read(1);
        assertThat(buffer.capacity()).isEqualTo(128);
        read(1);
        assertThat(buffer.capacity()).isEqualTo(128);
        read(128);
        assertThat(buffer.capacity()).isEqualTo(512);
    }

    @Test
    void it_says_when_the_peer_has_ended() throws Exception {
        peer.say("x").finish();
        assertThat(ends.get(0).read(buffer.room())).isPositive();
        assertThat(ends.get(0).read(buffer.room())).isNegative();
        buffer.filled();
        assertThat(buffer.bytes().hasRemaining()).isFalse();
    }

    @Test
    void a_write_buffer_takes_as_much_as_it_has_room_for() {
        WriteBuffer writes = new WriteBuffer();
        assertThat(writes.isEmpty()).isTrue();
        assertThat(writes.filled().hasRemaining()).isFalse();

        ByteBuffer bytes = ByteBuffer.allocate(20_000);
        for (int i = 0; i < 20_000; i++) {
            bytes.put(i, (byte) i);
        }
        for (int limit : new int[] {1, 512, 513, 5_000, 20_000}) {
            writes.take(bytes.limit(limit));
            assertThat(bytes.position()).isEqualTo(Math.min(limit, WriteBuffer.MAX_BYTES));
        }

        assertThat(writes.isFull()).isTrue();
        assertThat(writes.filled()).isEqualTo(bytes.duplicate().position(0).limit(WriteBuffer.MAX_BYTES));
        writes.clear();
        assertThat(writes.isEmpty()).isTrue();
        writes.take(bytes);
        assertThat(writes.filled()).isEqualTo(bytes.duplicate().position(WriteBuffer.MAX_BYTES));
    }
}
