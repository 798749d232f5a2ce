package org.restream.internal.session.wire;

/** A frame's first byte, an ASCII letter. A peer must know each capital one; it skips a small one that it does not know. */
public final class FrameType {
    public static final byte DATA = 'D';
    public static final byte ACK = 'A';
    public static final byte KNOWN = 'K';
    public static final byte CUT = 'X';
    public static final byte MORE = 'M';
    public static final byte PING = 'P';
    public static final byte LISTED = 'Z';
    public static final byte GOING = 'G';
    public static final byte BYE = 'B';

    private FrameType() {}
}
