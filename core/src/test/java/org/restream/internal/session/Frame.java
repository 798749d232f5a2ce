package org.restream.internal.session;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.restream.internal.session.wire.Flags;
import org.restream.internal.session.wire.FrameHandler;
import org.restream.internal.session.wire.ProtocolException;

/**
 * A frame, or a first line, as a value on its way from one session to the other.
 *
 * @param type the frame's letter; {@code n}, {@code r}, {@code w} and {@code f} are the first lines: new, resume, welcome, refuse
 * @param first D: offset; A: received; X: code; M, Z: the highest exchange; n: session; r: memory; w: allowed; f: the code
 * @param second D: CRC; A: limit; X: final size; n, r: epoch; w: seen
 */
record Frame(char type, long exchange, int flags, long first, long second, byte[] bytes) {
    private static final byte[] NONE = {};
    private static final int AT_START = Flags.OPEN | Flags.DEADLINE;

    Frame(char type, long exchange, int flags, long first, long second) {
        this(type, exchange, flags, first, second, NONE);
    }

    static Frame line(char verb, long first, long second) {
        return new Frame(verb, 0, 0, first, second);
    }

    boolean isLine() {
        return type >= 'a';
    }

    boolean has(int flag) {
        return (flags & flag) != 0;
    }

    Frame withFlags(int changed) {
        return new Frame(type, exchange, changed, first, second, bytes);
    }

    /** D: its first byte, which the parser may hand over before the others have come. */
    Frame head() {
        return new Frame(type, exchange, flags & AT_START, first, 0, Arrays.copyOf(bytes, 1));
    }

    /** D: what follows its first byte. */
    Frame tail() {
        return new Frame(
                type, exchange, flags & ~AT_START, first + 1, second, Arrays.copyOfRange(bytes, 1, bytes.length));
    }

    void deliver(FrameHandler to) throws ProtocolException {
        switch (type) {
            case 'D' -> to.data(exchange, flags, first, 0, ByteBuffer.wrap(bytes), (int) second);
            case 'A' -> to.ack(exchange, flags, first, first, second);
            case 'K' -> to.known(exchange);
            case 'X' -> to.cut(exchange, flags, (int) first, second, "");
            case 'M' -> to.more(first);
            case 'Z' -> to.listed(first);
            default -> throw new IllegalStateException("not a frame of an honest session: " + this);
        }
    }

    void addTo(Digest digest) {
        digest.add(type | (long) flags << 16 | exchange << 32);
        digest.add(first);
        digest.add(second);
        digest.add(bytes.length);
        for (byte b : bytes) {
            digest.add(b);
        }
    }

    @Override
    public String toString() {
        String text = type + " " + exchange + " flags " + Integer.toHexString(flags) + " " + first + " " + second;
        return bytes.length == 0 ? text : text + " " + Arrays.toString(bytes);
    }
}
