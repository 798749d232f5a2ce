package org.restream.internal.session.wire;

/** Why a server refuses a connection of a session. A peer may send a code that is not here. */
public final class RefuseCode {
    /** The session is not in this memory, or the proof is wrong: the same answer, so that nobody learns which. */
    public static final String UNKNOWN_SESSION = "unknown-session";
    /** The session was here; its time ran out. */
    public static final String EXPIRED = "expired";
    /** A connection with a larger epoch has come before. */
    public static final String FENCED = "fenced";
    /** The server does not speak this version; {@code speaks} has those that it does. */
    public static final String VERSION = "version";
    /** A limit is reached; {@code retryMs} says when to come again. */
    public static final String BUSY = "busy";
    /** The server takes no new session, since it is about to stop. */
    public static final String DRAINING = "draining";
    /** Sessions are switched off here. */
    public static final String DISABLED = "disabled";
    /** The first line breaks the protocol; the text says how. */
    public static final String MALFORMED = "malformed";

    private RefuseCode() {}
}
