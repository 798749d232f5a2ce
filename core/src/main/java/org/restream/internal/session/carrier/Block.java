package org.restream.internal.session.carrier;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Some bytes of a message, in a list of such. Filled from the front, and taken from there. */
final class Block {
    static final int MAX_BYTES = 16 * 1024;

    /** As many as some large messages need that are under way: to make one costs more than to fill it. */
    private static final Pool<Block> POOL = new Pool<>(512);

    final byte[] bytes;
    int begin;
    int end;

    @Nullable
    Block next;

    /** How many copy from it now; it is given back when none does. Under the session's lock. */
    private int lent;

    private boolean unused;

    private Block(int capacity) {
        bytes = new byte[capacity];
    }

    /** One with space for so many bytes, or for as many as a block has at most. */
    static Block of(int count) {
        if (count < MAX_BYTES) {
            return new Block(count);
        }
        Block free = POOL.take();
        return free == null ? new Block(MAX_BYTES) : free;
    }

    /** One for so many bytes that come now, after so many before: what goes on gets larger ones. */
    static Block of(int now, long before) {
        return of(before == 0 ? now : MAX_BYTES);
    }

    /** It is copied from without the lock, until {@link #returned}. */
    void lend() {
        lent++;
    }

    void returned() {
        lent--;
        if (unused) {
            free();
        }
    }

    /** Nobody uses it any more, nor its bytes, but who it is lent to. */
    void free() {
        unused = lent > 0;
        if (!unused && bytes.length == MAX_BYTES) {
            begin = 0;
            end = 0;
            next = null;
            POOL.give(this);
        }
    }

    int space() {
        return bytes.length - end;
    }

    int length() {
        return end - begin;
    }

    /** Takes as many as fit. */
    void fill(ByteBuffer from, int most) {
        int count = Math.min(most, space());
        from.get(bytes, end, count);
        end += count;
    }
}
