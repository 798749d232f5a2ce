package org.restream.internal.session.carrier;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Bytes that are copied once the session's lock is free. Their blocks are lent meanwhile. */
final class LateCopies {
    private record Copy(Block block, int begin, int count, int at) {}

    private final List<Copy> copies = new ArrayList<>();

    /** Under the lock. */
    void add(Block block, int begin, int count, int at) {
        block.lend();
        copies.add(new Copy(block, begin, count, at));
    }

    /** Not under the lock. */
    void copyTo(ByteBuffer out) {
        for (Copy copy : copies) {
            out.put(copy.at, copy.block.bytes, copy.begin, copy.count);
        }
    }

    /** Gives the blocks back. Under the lock. */
    void end() {
        copies.forEach(copy -> copy.block.returned());
        copies.clear();
    }
}
