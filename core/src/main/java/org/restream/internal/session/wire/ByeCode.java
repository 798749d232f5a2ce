package org.restream.internal.session.wire;

/** Why a session ends (B), or is about to (G). A peer may send a number that is not here. */
public final class ByeCode {
    /** All that was opened has ended, and nothing more will be opened. */
    public static final int DONE = 1;
    /** No exchange was open for the idle timeout. */
    public static final int IDLE = 2;
    /** The peer broke the protocol. */
    public static final int PROTOCOL = 3;
    /** The peer kept to the protocol, but cost more than it may. */
    public static final int ABUSE = 4;
    /** The process is stopping. */
    public static final int SHUTDOWN = 5;

    private ByeCode() {}
}
