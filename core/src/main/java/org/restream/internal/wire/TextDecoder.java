package org.restream.internal.wire;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.util.Locale;
import org.restream.RestreamException;

/**
 * Decodes a body to text, chunk by chunk. The beginning of a character at the end of a chunk is kept for the next one.
 */
public final class TextDecoder {
    private final CharsetDecoder decoder = Utf8.strictDecoder();
    private ByteBuffer rest = ByteBuffer.allocate(0);
    private long done;

    /** Decodes a chunk; returns the complete characters, perhaps none. */
    public String decode(byte[] bytes, int offset, int length) throws RestreamException {
        ByteBuffer in = ByteBuffer.wrap(bytes, offset, length);
        if (rest.hasRemaining()) {
            in = ByteBuffer.allocate(rest.remaining() + length)
                    .put(rest)
                    .put(in)
                    .flip();
        }
        return decode(in, false);
    }

    /** The body has ended, which is an error inside a character. */
    public void end() throws RestreamException {
        decode(rest, true);
    }

    private String decode(ByteBuffer in, boolean end) throws RestreamException {
        CharBuffer out = CharBuffer.allocate(in.remaining() + 1);
        int start = in.position();
        CoderResult result = Utf8.decode(decoder, in, out, end);
        done += in.position() - start;
        if (result.isError()) {
            throw new RestreamException(String.format(
                    Locale.ROOT,
                    "the body is not UTF-8 text: bad byte 0x%02x at offset %d",
                    in.get(in.position()),
                    done));
        }
        rest = ByteBuffer.allocate(in.remaining()).put(in).flip();
        return out.flip().toString();
    }
}
