package org.restream.internal.session.carrier;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** What was written of our message and may have to be sent, or sent again. Under the session's lock. */
final class SendBuffer {
    private final CRC32C crc = new CRC32C();
    private @Nullable Block first;
    private @Nullable Block last;
    /** The offset of the first byte that is kept. */
    private long kept;

    private long written;
    /** The peer has all bytes before this offset, or wants no more of them. */
    private long released;
    /** What was released when somebody looked, and when that was first so. */
    private long seen;

    private long seenAt;
    private boolean watching;
    /** Where the last copy ended, since the next one begins there, as a rule. */
    private @Nullable Block cursor;

    private long cursorOffset;

    /** Takes the next so many bytes. */
    void append(ByteBuffer from, int count) {
        int end = from.position() + count;
        addToCrc(from, count);
        Block block = last;
        if (block != null) {
            int before = block.end;
            block.fill(from, count);
            written += block.end - before;
        }
        while (from.position() < end) {
            int left = end - from.position();
            Block added = Block.of(left, written);
            added.fill(from, left);
            link(added);
        }
    }

    private void addToCrc(ByteBuffer from, int count) {
        int limit = from.limit();
        int begin = from.position();
        from.limit(begin + count);
        crc.update(from);
        from.limit(limit).position(begin);
    }

    /** The next so many bytes, in blocks of their own. Only by who writes; not under the lock, which copies would keep for long. */
    Block copied(ByteBuffer from, int count) {
        int end = from.position() + count;
        addToCrc(from, count);
        Block begin = Block.of(count);
        Block block = begin;
        block.fill(from, count);
        while (from.position() < end) {
            int left = end - from.position();
            Block added = Block.of(left);
            added.fill(from, left);
            block.next = added;
            block = added;
        }
        return begin;
    }

    /** Takes these blocks as the next ones. */
    void link(Block added) {
        Block before = last;
        if (before == null) {
            first = added;
        } else {
            before.next = added;
        }
        Block block = added;
        written += block.length();
        while (block.next != null) {
            block = block.next;
            written += block.length();
        }
        last = block;
    }

    int crc() {
        return (int) crc.getValue();
    }

    /** Some bytes of a block. */
    interface Pieces {
        void piece(Block block, int begin, int count);
    }

    /** Hands out bytes from that offset on. They must be kept. */
    void read(long offset, int length, Pieces to) {
        Block block = seek(offset);
        int skip = (int) (offset - cursorOffset);
        int left = length;
        while (left > 0 && block != null) {
            int count = Math.min(left, block.length() - skip);
            to.piece(block, block.begin + skip, count);
            left -= count;
            if (left > 0) {
                cursorOffset += block.length();
                skip = 0;
                block = block.next;
                cursor = block;
            }
        }
        if (left > 0) {
            throw new IllegalStateException("bytes " + offset + " to " + (offset + length) + " are not kept");
        }
    }

    private @Nullable Block seek(long offset) {
        if (cursor == null || offset < cursorOffset) {
            cursor = first;
            cursorOffset = kept;
        }
        Block block = cursor;
        while (block != null && offset >= cursorOffset + block.length() && block.next != null) {
            cursorOffset += block.length();
            block = block.next;
            cursor = block;
        }
        return block;
    }

    /** The bytes before that offset are needed no more. Returns how many they are that were not known of before. */
    long release(long offset) {
        long before = released;
        released = Math.max(released, Math.min(offset, written));
        free(offset);
        return released - before;
    }

    /** Whether bytes have waited for so long that the peer takes none of; to be asked now and then. */
    boolean isStalled(long now, long mostNanos) {
        boolean waiting = released < written;
        if (!waiting || !watching || released != seen) {
            watching = waiting;
            seen = released;
            seenAt = now;
            return false;
        }
        return now - seenAt >= mostNanos;
    }

    void watchAnew() {
        watching = false;
    }

    private void free(long offset) {
        Block block = first;
        while (block != null && kept + block.length() <= offset) {
            if (block == last && block.space() > 0 && offset < Long.MAX_VALUE) {
                // it goes on
                return;
            }
            kept += block.length();
            first = block.next;
            if (block == cursor) {
                cursor = null;
            }
            block.free();
            block = first;
        }
        if (block == null) {
            last = null;
        }
    }
}
