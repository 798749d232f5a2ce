package org.restream.reliability.network;

/** A direction of a connection through a proxy. */
enum Direction {
    /** From the client to the server. */
    UP,
    /** From the server to the client. */
    DOWN
}
