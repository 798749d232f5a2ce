package org.restream.internal.session.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads the first line, which may come in pieces of any size, and no byte after it. */
public final class HelloReader {
    private static final byte[] BEGIN = "restream/".getBytes(StandardCharsets.US_ASCII);
    private static final int FIRST_SIZE = 512;

    private byte[] bytes = new byte[FIRST_SIZE];
    private int count;

    /**
     * Takes bytes, up to the line feed.
     *
     * @return the line, or null while it is not whole
     */
    public @Nullable Hello take(ByteBuffer in) throws ProtocolException {
        while (in.hasRemaining()) {
            byte next = in.get();
            if (count < BEGIN.length && next != BEGIN[count]) {
                throw other(next);
            }
            if (next == '\n') {
                return line();
            }
            // its line feed has to have room too
            if (count == Hello.MAX_LINE - 1) {
                throw new ProtocolException("the first line is longer than " + Hello.MAX_LINE + " bytes");
            }
            if (count == bytes.length) {
                bytes = Arrays.copyOf(bytes, Math.min(2 * count, Hello.MAX_LINE));
            }
            bytes[count++] = next;
        }
        return null;
    }

    private ProtocolException other(byte next) {
        String message = String.format(
                Locale.ROOT, "the first line does not begin with \"restream/\": byte 0x%02x at offset %d", next, count);
        return count == 0 && next == PlainMessageException.BEGIN
                ? new PlainMessageException(message)
                : new ProtocolException(message);
    }

    /** How many bytes of an unfinished line there are. */
    public int pending() {
        return count;
    }

    private Hello line() throws ProtocolException {
        String line = StrictText.decode(ByteBuffer.wrap(bytes), count);
        if (line == null) {
            throw new ProtocolException("the first line is not UTF-8");
        }
        return HelloLine.parse(line);
    }
}
