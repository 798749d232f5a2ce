package org.restream.internal.session.wire;

import java.nio.ByteBuffer;

/**
 * Takes the frames that a {@link FrameParser} finds, in the order in which they came. What one frame can show to be wrong has been
 * checked: lengths, flags, ranges, UTF-8. The handler checks what depends on earlier frames: whether the exchange exists, whether
 * the offset is the expected one, whether the peer may send this type at all.
 *
 * <p>All exchange numbers are from 1 to 2^53-1, all offsets, limits and sizes from 0 to 2^53-1, all codes and times from 0 to
 * 2^31-1.
 *
 * <p>A method that throws ends the parsing; the parser must not be used again.
 */
public interface FrameHandler {
    /**
     * D: bytes of the peer's message. A frame may come in several calls, each with the bytes that have arrived and their own
     * offset. Only the first has {@link Flags#OPEN} and {@link Flags#DEADLINE}; only the last has {@link Flags#END},
     * {@link Flags#CRC} and {@link Flags#ALL}, and it may have no bytes. A frame without data is one call.
     *
     * @param flags those of {@link Flags} for D
     * @param offset where in the message the first of these bytes stands
     * @param deadlineMillis the time left for the exchange, from 1; 0 for none
     * @param bytes from its position to its limit; the handler's for the time of this call only. It is the buffer that is being
     *     parsed: whatever the handler does to its position has no effect
     * @param crc the CRC32C of the whole message, where the flags have CRC; else 0
     */
    void data(long exchange, int flags, long offset, int deadlineMillis, ByteBuffer bytes, int crc)
            throws ProtocolException;

    /**
     * A: how far the peer is with this side's message.
     *
     * @param flags {@link Flags#ACK_END}, {@link Flags#ACK_LIST}
     * @param received the peer has all bytes before this offset
     * @param released this side may forget all bytes before this offset; at most {@code received}
     * @param limit this side may send the bytes before this offset
     */
    void ack(long exchange, int flags, long received, long released, long limit) throws ProtocolException;

    /** K: the peer has this side's whole message, or knows of its cut. Called once for each number in the frame. */
    void known(long exchange) throws ProtocolException;

    /**
     * X: the peer cuts the exchange, or one direction of it.
     *
     * @param flags at least one of {@link Flags#CUT_MINE} and {@link Flags#CUT_YOURS}, from the peer's view; with both also
     *     {@link Flags#CUT_UNOPENED}
     * @param code one of {@link CutCode}, or another number
     * @param finalSize with CUT_MINE the size at which the peer's message ends; else 0, and 0 with CUT_UNOPENED
     * @param text for people; from the peer, so not fit to be shown as it is
     */
    void cut(long exchange, int flags, int code, long finalSize, String text) throws ProtocolException;

    /**
     * M: the highest number that an exchange may be opened with.
     *
     * @param highest from 0
     */
    void more(long highest) throws ProtocolException;

    /**
     * P: a ping, to be answered by a pong with the same token; or the pong.
     *
     * @param token any 64 bits
     */
    void ping(boolean pong, long token) throws ProtocolException;

    /** A frame of a type that is not known, which is allowed to be skipped. */
    default void skipped() {}

    /**
     * Z: the end of the peer's listing after a resume.
     *
     * @param highest the highest number that it has opened, a client; or seen, a server; from 0
     */
    void listed(long highest) throws ProtocolException;

    /**
     * G: the peer opens or accepts nothing new, and goes on with what is open for a time.
     *
     * @param code one of {@link ByeCode}, or another number
     * @param millis for about how long
     * @param text for people; from the peer, so not fit to be shown as it is
     */
    void going(int code, int millis, String text) throws ProtocolException;

    /**
     * B: the session is over.
     *
     * @param code one of {@link ByeCode}, or another number
     * @param text for people; from the peer, so not fit to be shown as it is
     */
    void bye(int code, String text) throws ProtocolException;
}
