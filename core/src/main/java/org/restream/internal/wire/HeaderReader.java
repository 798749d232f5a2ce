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
 * Finds the end of a header, wherever the borders of the chunks fall. Looks at each byte once, and takes none that comes
 * after the blank line.
 */
public final class HeaderReader {
    private static final int FIRST_SIZE = 256;
    private static final byte[] NONE = {};

    private final int maxBytes;
    private byte[] bytes;
    private int count;
    private boolean begun;

    public HeaderReader(int maxBytes) {
        this.maxBytes = maxBytes;
        this.bytes = new byte[(int) Math.min(FIRST_SIZE, maxBytes + 1L)];
    }

    /**
     * Takes bytes, up to the blank line that ends the header.
     *
     * @return the header, or null while it is not whole
     */
    public @Nullable Header take(ByteBuffer in) throws HeaderTooLargeException, MalformedHeaderException {
        while (in.hasRemaining()) {
            byte next = in.get();
            if (next == '\n' && count > 0 && bytes[count - 1] == '\n') {
                return header(count - 1);
            }
            // a line feed beyond the limit may be the first of the two that end the header
            if (count > maxBytes || (count == maxBytes && next != '\n')) {
                throw new HeaderTooLargeException(maxBytes);
            }
            if (!begun) {
                begin(next);
            }
            if (count == bytes.length) {
                bytes = Arrays.copyOf(bytes, (int) Math.min(2L * count, maxBytes + 1L));
            }
            bytes[count++] = next;
        }
        return null;
    }

    /**
     * After white space stands a brace, or it will never be a header: a peer of another protocol hears of it at once, and not
     * when its time is up.
     */
    private void begin(byte next) throws MalformedHeaderException {
        if (next == ' ' || next == '\t' || next == '\r' || next == '\n') {
            return;
        }
        if (next != '{') {
            throw new MalformedHeaderException(String.format(
                    Locale.ROOT,
                    "the header is no JSON object: it begins with byte 0x%02x%s, at offset %d%s",
                    next,
                    next > ' ' && next <= '~' ? " '" + (char) next + "'" : "",
                    count,
                    tlsHint(next)));
        }
        begun = true;
    }

    /** RFC 8446, section 5.1: what a TLS peer begins with, who takes us for one, or has found out that we are none. */
    private static String tlsHint(byte first) {
        return switch (first) {
            case 0x15 -> ": the peer speaks TLS on this port, and this side does not (a TLS alert)";
            case 0x16 -> ": the peer speaks TLS, and this side does not (a TLS handshake)";
            default -> "";
        };
    }

    /** How many bytes of an unfinished header there are. At the end of the input it must be 0: an empty message. */
    public int pending() {
        return count;
    }

    /** The input ended. That is fine before the first byte, and nowhere else. */
    public void end() throws MalformedHeaderException {
        if (count > 0) {
            throw new MalformedHeaderException(
                    "connection ended inside the header, after " + count + (count == 1 ? " byte" : " bytes"));
        }
    }

    private Header header(int length) throws MalformedHeaderException {
        byte[] whole = bytes;
        // an exchange may last for long, and keeps its reader
        bytes = NONE;
        String text = new String(whole, 0, length, StandardCharsets.UTF_8);
        // what is no UTF-8 becomes this character; only then is it worth the time to look closer
        if (text.indexOf('\uFFFD') >= 0) {
            checkUtf8(whole, length);
        }
        return Header.parse(text);
    }

    private static void checkUtf8(byte[] bytes, int length) throws MalformedHeaderException {
        ByteBuffer utf8 = ByteBuffer.wrap(bytes, 0, length);
        CoderResult result = Utf8.decode(Utf8.strictDecoder(), utf8, CharBuffer.allocate(length), true);
        if (result.isError()) {
            throw new MalformedHeaderException(String.format(
                    Locale.ROOT,
                    "the header is not UTF-8: bad byte 0x%02x at offset %d",
                    bytes[utf8.position()],
                    utf8.position()));
        }
    }
}
