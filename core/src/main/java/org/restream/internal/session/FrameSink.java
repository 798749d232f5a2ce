package org.restream.internal.session;

/** Takes the frames that a {@link Session} has to send, in their order. The parameters are those of the frames. */
public interface FrameSink {
    /** How many bytes it still takes in this turn. */
    int room();

    /** D: the sink takes the bytes from the channel's {@link Endpoint}. */
    void data(Channel channel, int flags, long offset, int length);

    void ack(long exchange, int flags, long received, long limit);

    /** K: one number; the sink may send several in one frame. */
    void known(long exchange);

    void cut(long exchange, int flags, Cut cut, long finalSize);

    void more(long highest);

    void ping(boolean pong, long token);

    void listed(long highest);

    void going(int code, int millis, String text);

    void bye(int code, String text);
}
