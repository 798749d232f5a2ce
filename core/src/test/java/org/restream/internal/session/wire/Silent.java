package org.restream.internal.session.wire;

import java.nio.ByteBuffer;

/** A handler that does nothing. */
class Silent implements FrameHandler {
    @Override
    public void data(long exchange, int flags, long offset, int deadlineMillis, ByteBuffer bytes, int crc)
            throws ProtocolException {}

    @Override
    public void ack(long exchange, int flags, long received, long released, long limit) {}

    @Override
    public void known(long exchange) {}

    @Override
    public void cut(long exchange, int flags, int code, long finalSize, String text) {}

    @Override
    public void more(long highest) {}

    @Override
    public void ping(boolean pong, long token) {}

    @Override
    public void listed(long highest) {}

    @Override
    public void going(int code, int millis, String text) {}

    @Override
    public void bye(int code, String text) {}
}
