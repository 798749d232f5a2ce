package org.restream.benchmarks.session;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.restream.benchmarks.peer.Bodies;

/** The body of a small exchange, the same in both directions. */
public final class Body {
    private static final byte[] BYTES = Arrays.copyOf(Bodies.pattern(), 100);

    private Body() {}

    /** The bytes themselves, which nobody may change. */
    public static byte[] bytes() {
        return BYTES;
    }

    public static void check(byte[] came) {
        check(ByteBuffer.wrap(came));
    }

    public static void check(ByteBuffer came) {
        if (!ByteBuffer.wrap(BYTES).equals(came)) {
            throw new IllegalStateException("a wrong answer of " + came.remaining() + " bytes");
        }
    }
}
