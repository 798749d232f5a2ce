package org.restream.internal.session;

/** Takes everything, and counts it. */
final class CountingSink implements FrameSink {
    int frames;

    @Override
    public int room() {
        return 1 << 20;
    }

    @Override
    public void data(Channel channel, int flags, long offset, int length) {
        frames++;
    }

    @Override
    public void ack(long exchange, int flags, long received, long limit) {
        frames++;
    }

    @Override
    public void known(long exchange) {
        frames++;
    }

    @Override
    public void cut(long exchange, int flags, Cut cut, long finalSize) {
        frames++;
    }

    @Override
    public void more(long highest) {
        frames++;
    }

    @Override
    public void ping(boolean pong, long token) {
        frames++;
    }

    @Override
    public void listed(long highest) {
        frames++;
    }

    @Override
    public void going(int code, int millis, String text) {
        frames++;
    }

    @Override
    public void bye(int code, String text) {
        frames++;
    }
}
