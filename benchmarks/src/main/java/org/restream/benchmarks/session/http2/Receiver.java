package org.restream.benchmarks.session.http2;

import io.netty.buffer.ByteBuf;

/** Gets the body of a message. */
interface Receiver {
    /** The headers are there. */
    default void begun() {}

    /** Gets a piece, which is released after the call. */
    void received(ByteBuf piece, boolean last);

    /** The connection has failed. */
    default void failed(Throwable cause) {}
}
