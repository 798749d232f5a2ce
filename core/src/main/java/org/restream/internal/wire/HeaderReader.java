package org.restream.internal.wire;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.restream.Header;
import org.restream.HeaderTooLargeException;
import org.restream.MalformedHeaderException;

/**
 * Reads a header that arrives in any number of chunks. Looks at each byte once, at those of the first chunk twice, and consumes none
 * after the blank line.
 */
public final class HeaderReader {
    private static final int FIRST_SIZE = 256;
    private static final byte[] NONE = {};

    private final int maxBytes;
    private byte[] bytes = NONE;
    private int count;
    private boolean begun;

    public HeaderReader(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    /**
     * Consumes bytes, up to the blank line that ends the header.
     *
     * @return the header, or null if it is not complete yet
     */
    public @Nullable Header take(ByteBuffer in) throws HeaderTooLargeException, MalformedHeaderException {
        int length = count == 0 && in.hasArray() ? wholeLength(in) : -1;
        return length < 0 ? takeBytes(in) : takeWhole(in, length);
    }

    /** How many bytes come before the blank line that ends the header; -1 where it has not come, or they are too many. */
    private int wholeLength(ByteBuffer in) {
        byte[] array = in.array();
        int begin = in.arrayOffset() + in.position();
        int most = (int) Math.min(in.remaining(), maxBytes + 2L);
        for (int i = 1; i < most; i++) {
            if (array[begin + i] == '\n' && array[begin + i - 1] == '\n') {
                return i - 1;
            }
        }
        return -1;
    }

    /** The usual case: the header is here as a whole, and is not copied. */
    private Header takeWhole(ByteBuffer in, int length) throws MalformedHeaderException {
        byte[] array = in.array();
        int first = in.arrayOffset() + in.position();
        in.position(in.position() + length + 2);
        for (int i = 0; i < length && !begun; i++) {
            begin(array[first + i], i);
        }
        return header(array, first, length);
    }

    private @Nullable Header takeBytes(ByteBuffer in) throws HeaderTooLargeException, MalformedHeaderException {
        while (in.hasRemaining()) {
            byte next = in.get();
            if (next == '\n' && count > 0 && bytes[count - 1] == '\n') {
                byte[] whole = bytes;
                // free the memory, because a long exchange keeps its reader
                bytes = NONE;
                return header(whole, 0, count - 1);
            }
            // a line feed just beyond the limit may be the first of the two that end the header
            if (count > maxBytes || (count == maxBytes && next != '\n')) {
                throw new HeaderTooLargeException(maxBytes);
            }
            if (!begun) {
                begin(next, count);
            }
            if (count == bytes.length) {
                bytes = Arrays.copyOf(bytes, (int) Math.min(Math.max(FIRST_SIZE, 2L * count), maxBytes + 1L));
            }
            bytes[count++] = next;
        }
        return null;
    }

    /**
     * Checks the first byte after white space. Without a brace this can't become a header, so a peer with another
     * protocol gets an error at once, and not after its time-out.
     */
    private void begin(byte next, int offset) throws MalformedHeaderException {
        if (next == ' ' || next == '\t' || next == '\r' || next == '\n') {
            return;
        }
        if (next != '{') {
            throw new MalformedHeaderException(String.format(
                    Locale.ROOT,
                    "the header is not a JSON object: it begins with byte 0x%02x%s, at offset %d%s",
                    next,
                    next > ' ' && next <= '~' ? " '" + (char) next + "'" : "",
                    offset,
                    tlsHint(next)));
        }
        begun = true;
    }

    /** A hint for a peer that speaks TLS: the first byte of a TLS handshake or alert (RFC 8446, section 5.1). */
    private static String tlsHint(byte first) {
        return switch (first) {
            case 0x15 -> ": the peer speaks TLS on this port, and this side does not (a TLS alert)";
            case 0x16 -> ": the peer speaks TLS, and this side does not (a TLS handshake)";
            default -> "";
        };
    }

    /** The number of bytes of an incomplete header. At the end of the input it must be 0, which is an empty message. */
    public int pending() {
        return count;
    }

    /** The input has ended, which is an error after the first byte. */
    public void end() throws MalformedHeaderException {
        if (count > 0) {
            throw new MalformedHeaderException(
                    "connection ended inside the header, after " + count + (count == 1 ? " byte" : " bytes"));
        }
    }

    private static Header header(byte[] whole, int begin, int length) throws MalformedHeaderException {
        String text = new String(whole, begin, length, StandardCharsets.UTF_8);
        // invalid UTF-8 becomes this character; only then look for the exact byte
        if (text.indexOf('\uFFFD') >= 0) {
            checkUtf8(whole, begin, length);
        }
        return Header.parse(text);
    }

    private static void checkUtf8(byte[] bytes, int begin, int length) throws MalformedHeaderException {
        ByteBuffer utf8 = ByteBuffer.wrap(bytes, begin, length).slice();
        CoderResult result = Utf8.decode(Utf8.strictDecoder(), utf8, CharBuffer.allocate(length), true);
        if (result.isError()) {
            throw new MalformedHeaderException(String.format(
                    Locale.ROOT,
                    "the header is not UTF-8: bad byte 0x%02x at offset %d",
                    utf8.get(utf8.position()),
                    utf8.position()));
        }
    }
}
