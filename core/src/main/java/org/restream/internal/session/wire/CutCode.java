package org.restream.internal.session.wire;

/** Why an exchange, or one direction of it, was cut. A peer may send a number that is not here. */
public final class CutCode {
    /** The program cancelled the exchange. */
    public static final int CANCELLED = 1;
    /** The exchange's deadline passed. */
    public static final int DEADLINE = 2;
    /** The server did not start the handler: too busy, or about to stop. The exchange may be tried again. */
    public static final int REFUSED = 3;
    /** The handler failed. */
    public static final int FAILED = 4;
    /** What the message is made from could not be read, or changed while it was sent. */
    public static final int SOURCE = 5;
    /** The whole message does not have the CRC32C that its sender computed. */
    public static final int CHECKSUM = 6;
    /** Nothing moved for longer than the stall timeout. */
    public static final int STALLED = 7;
    /** The message's header is malformed, too large or late. */
    public static final int HEADER = 8;
    /** The peer asks for bytes that it had allowed to forget. */
    public static final int OFFSET_GONE = 9;
    /** The server stops, and its time for what was still open is over. */
    public static final int SHUTDOWN = 10;
    /** The reader wants no more of the message; all else goes on. */
    public static final int STOPPED_READING = 11;

    private CutCode() {}
}
