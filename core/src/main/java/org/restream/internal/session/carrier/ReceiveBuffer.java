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
    /** Where a reader that waits wants the next bytes. */
    private @Nullable ByteBuffer target;
    /** How many have been put there. */
    private int put;
    /** The reader's, who has not copied them yet. */
    private @Nullable Block taken;

    /** Takes all of them. */
    void append(ByteBuffer from) {
        int begin = from.position();
        crc.update(from);
        from.position(begin);
        putToTarget(from);
        while (from.hasRemaining()) {
            Block block = last;
            if (block == null || block.space() == 0) {
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

    private void putToTarget(ByteBuffer from) {
        ByteBuffer to = target;
        if (to == null || first != null) {
            return;
        }
        int count = Math.min(to.remaining(), from.remaining());
        to.put(to.position(), from, from.position(), count).position(to.position() + count);
        from.position(from.position() + count);
        put += count;
        received += count;
    }

    int crc() {
        return (int) crc.getValue();
    }

    /** Whether there is nothing to take. */
    boolean isEmpty() {
        return first == null && put == 0;
    }

    /** The reader waits; until it takes, the next bytes go there without a detour. */
    void await(ByteBuffer into) {
        target = into;
    }

    /**
     * Gives as many as there are and fit, those included that have been put there while the reader waited; returns how many. Whole
     * blocks are copied by {@link #copyTaken}, which has to follow.
     */
    int take(ByteBuffer to) {
        int count = put + takeWhole(to.remaining());
        stopWaiting();
        return count > 0 || first == null ? count : takePart(first, to);
    }

    private int takeWhole(int most) {
        Block end = null;
        int count = 0;
        for (Block block = first; block != null && count + block.length() <= most; block = block.next) {
            count += block.length();
            end = block;
        }
        if (end != null) {
            taken = first;
            removeTo(end);
            end.next = null;
        }
        return count;
    }

    private static int takePart(Block block, ByteBuffer to) {
        int count = to.remaining();
        to.put(block.bytes, block.begin, count);
        block.begin += count;
        return count;
    }

    /** Not under the lock, which a copy would keep for long. */
    void copyTaken(ByteBuffer to) {
        Block block = taken;
        taken = null;
        while (block != null) {
            Block behind = block.next;
            to.put(block.bytes, block.begin, block.length());
            block.free();
            block = behind;
        }
    }

    /** Removes the first ones, up to and with this one. */
    private void removeTo(Block block) {
        first = block.next;
        if (first == null) {
            last = null;
        }
    }

    /** Gives the first bytes away without a copy; null where there are none. */
    @Nullable
    ByteBuffer poll() {
        Block block = first;
        if (block == null) {
            return null;
        }
        removeTo(block);
        return ByteBuffer.wrap(block.bytes, block.begin, block.length());
    }

    /** The reader does not wait any more: nothing is put where it wanted it. */
    void stopWaiting() {
        target = null;
        put = 0;
    }

    /** Nobody reads any more. */
    void clear() {
        stopWaiting();
        first = null;
        last = null;
    }
}
