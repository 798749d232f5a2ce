package org.restream;

/**
 * Why an exchange, or a connection before its exchange, has failed: a small fixed set, for counting. Events have it beside their cause,
 * recorded by the code that found the failure.
 *
 * <p>Later versions may add kinds, so give each {@code switch} over them a {@code default}.
 */
public enum FailureKind {
    /** The connection could not be made, or broke, or the peer ended it too early. */
    CONNECTION,
    /** A limit of time was exceeded, or the peer sent too much that nobody reads. */
    LIMIT,
    /** The connection could not be opened: its TLS handshake failed. */
    HANDSHAKE,
    /** The peer did not send a valid header, or not in time. */
    HEADER,
    /** The peer's body is not the text that this side asked for. */
    PROTOCOL,
    /** The peer ended the connection without a byte. */
    EMPTY,
    /** The peer stopped reading before the end of our message. */
    STOPPED_READING,
    /** The request was refused, see {@link Refusal}. */
    REFUSED,
    /** This side was closed. */
    CLOSED,
    /** The client's own code asked for another attempt, see {@link TryAgainException}. */
    TRY_AGAIN,
    /** The user's code aborted the exchange. */
    ABORTED,
    /** The user's code has thrown, or this side has run out of resources. */
    HANDLER,
    /** The address had as many connections as it may have, see {@link ServerOptions#maxConnectionsPerAddress}. */
    ADDRESS_LIMIT,
    /** A connection was not let into a session, or a session's end left open whether the client has the answer. */
    SESSION,
    /** The server's name could not be looked up, or not in time. */
    LOOKUP
}
