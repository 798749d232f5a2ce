package org.restream.internal.session.wire;

/** The bits of a frame's second byte. Each type has its own; a bit that the type does not have is an error. */
public final class Flags {
    /** D: the message begins here, at offset 0. */
    public static final int OPEN = 0x01;
    /** D: the message ends with this frame. */
    public static final int END = 0x02;
    /** D, with END: the frame's last four bytes are the CRC32C of the whole message. */
    public static final int CRC = 0x04;
    /** D: the peer's message is here, whole. Stands for an A that says so. */
    public static final int ALL = 0x08;
    /** D, with OPEN: the time that is left for the exchange is in front of the data. */
    public static final int DEADLINE = 0x10;

    /** A: the peer's message is here, whole. */
    public static final int ACK_END = 0x01;
    /** A: a part of the listing after a resume. */
    public static final int ACK_LIST = 0x02;

    /** X: the sender's own message ends here, unfinished. */
    public static final int CUT_MINE = 0x01;
    /** X: the sender reads no more of the receiver's message. */
    public static final int CUT_YOURS = 0x02;
    /** X, with both others: the exchange was never opened; its number counts as used. */
    public static final int CUT_UNOPENED = 0x04;

    /** P: the answer to a ping. */
    public static final int PONG = 0x01;

    private Flags() {}
}
