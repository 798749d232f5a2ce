package org.restream.internal.session.carrier;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** What has come of the peer's message and was not read. Under the session's lock. */
final class ReceiveBuffer {
    private final CRC32C crc = new CRC32C();
    private @Nullable Block first;
    private @Nullable Block last;
    private long received;

    /** Takes all of them. */
    void append(ByteBuffer from) {
        int begin = from.position();
        crc.update(from);
        from.position(begin);
        while (from.hasRemaining()) {
            Block block = last;
            if (block == null || block.free() == 0) {
                block = Block.of(from.remaining(), received);
                if (last == null) {
                    first = block;
                } else {
                    last.next = block;
                }
                last = block;
            }
            int before = block.end;
            block.fill(from, from.remaining());
            received += block.end - before;
        }
    }

    int crc() {
        return (int) crc.getValue();
    }

    boolean isEmpty() {
        return first == null;
    }

    /** Gives as many as there are and fit; returns how many. */
    int take(ByteBuffer to) {
        int taken = 0;
        for (Block block = first; block != null && to.hasRemaining(); block = first) {
            int count = Math.min(block.length(), to.remaining());
            to.put(block.bytes, block.begin, count);
            block.begin += count;
            taken += count;
            if (block.length() > 0) {
                break;
            }
            first = block.next;
            if (first == null) {
                last = null;
            }
        }
        return taken;
    }

    /** Gives the first bytes away without a copy; null where there are none. */
    @Nullable
    ByteBuffer poll() {
        Block block = first;
        if (block == null) {
            return null;
        }
        first = block.next;
        if (first == null) {
            last = null;
        }
        return ByteBuffer.wrap(block.bytes, block.begin, block.length());
    }

    /** Nobody reads any more. */
    void clear() {
        first = null;
        last = null;
    }
}
