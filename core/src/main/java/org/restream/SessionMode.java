package org.restream;

/** Decides whether a client runs its exchange over a session, which goes on after the connection is lost. */
public enum SessionMode {
    /**
     * Over a session only. The handler is called once, and its exchange goes on over lost connections at the byte where
     * it was. If no server of the list speaks sessions, the client fails with a {@link NeverStartedException}.
     */
    REQUIRED,
    /**
     * Over a session where the server speaks them, otherwise over a plain connection; {@link ClientEvent.FellBack}
     * reports that. A plain exchange starts from the beginning after a loss, and may arrive twice. The client never
     * falls back at a server that has accepted a session of this process before, nor if TLS has agreed on sessions.
     */
    PREFERRED,
    /** Over a plain connection. This is the default. */
    PLAIN
}
