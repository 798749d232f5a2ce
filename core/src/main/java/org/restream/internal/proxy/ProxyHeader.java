package org.restream.internal.proxy;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.restream.RestreamException;

/**
 * What a proxy writes before the bytes of its client, by HAProxy's specification of the PROXY protocol, versions 1 and 2.
 *
 * @param length how many bytes it has
 * @param client for whom the proxy has connected; null if it names nobody, because it has connected by itself, for a health
 *     check say, or because it does not know
 */
public record ProxyHeader(int length, @Nullable InetSocketAddress client) {
    /** The most bytes that are accepted. Senders keep within one packet; with a certificate's names it may be more. */
    public static final int MAX_BYTES = 4096;

    /**
     * Parses the bytes between the buffer's position and its limit, which may be more than the header's. Moves neither.
     *
     * @return the header, or null if it is not complete yet
     * @throws RestreamException it can't become a header, whatever follows; the message says why
     */
    public static @Nullable ProxyHeader parse(ByteBuffer in) throws RestreamException {
        ByteBuffer bytes = in.slice();
        if (!bytes.hasRemaining()) {
            return null;
        }
        return bytes.get(0) == BinaryHeader.SIGNATURE[0] ? BinaryHeader.parse(bytes) : TextHeader.parse(bytes);
    }

    /** Checks that the bytes begin with a signature, as far as they go. */
    static void checkBegin(ByteBuffer bytes, byte[] signature) throws RestreamException {
        int count = Math.min(bytes.limit(), signature.length);
        for (int i = 0; i < count; i++) {
            byte next = bytes.get(i);
            if (next != signature[i]) {
                throw new RestreamException(String.format(
                        Locale.ROOT,
                        "the connection does not begin with a PROXY header: byte 0x%02x%s at offset %d"
                                + " (does the proxy send it, as HAProxy does with send-proxy-v2?)",
                        next,
                        next > ' ' && next <= '~' ? " '" + (char) next + "'" : "",
                        i));
            }
        }
    }

    static RestreamException bad(String why) {
        return new RestreamException("the PROXY header is not valid: " + why);
    }
}
