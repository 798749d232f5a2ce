package org.restream.internal.wire;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.util.Locale;
import org.restream.RestreamException;

/** A body's bytes to text, chunk by chunk: a character cut by a border is kept for the next chunk. */
public final class TextDecoder {
    private final CharsetDecoder decoder = Utf8.strictDecoder();
    private ByteBuffer rest = ByteBuffer.allocate(0);
    private long done;

    /** Decodes a chunk; gives what is whole, which may be empty. */
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

    /** The body has ended: it must not have ended within a character. */
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
