package org.restream.internal.session.wire;

/** The bounds of what a frame holds, the same for all peers. */
public final class FrameLimits {
    /** The largest exchange number, offset and limit: each is exact in a JavaScript number. */
    public static final long MAX_NUMBER = (1L << 53) - 1;
    /** The largest code and the largest number of milliseconds. */
    public static final int MAX_INT = Integer.MAX_VALUE;
    /** The longest text of X, G and B, in bytes of UTF-8. */
    public static final int MAX_TEXT = 256;
    /** The most exchange numbers in one K frame. */
    public static final int MAX_KNOWN = 1_024;
    /** The most that a peer may allow as {@code maxFrame}, the message bytes in one D frame. */
    public static final int MAX_MAX_FRAME = 1 << 20;

    private FrameLimits() {}
}
