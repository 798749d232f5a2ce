package org.restream.internal.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.restream.RestreamException;
import org.restream.internal.text.Printable;

/** Version 1, a line of text: {@code PROXY TCP4 192.0.2.1 192.0.2.2 50072 9967}. */
final class TextHeader {
    private static final byte[] SIGNATURE = "PROXY ".getBytes(ISO_8859_1);
    private static final String UNKNOWN = "PROXY UNKNOWN";
    /** With its CR and LF. */
    private static final int MAX_BYTES = 107;
    /** PROXY, the protocol, two addresses, two ports. */
    private static final int WORDS = 6;

    private static final int MAX_PORT = 65_535;

    private TextHeader() {}

    static @Nullable ProxyHeader parse(ByteBuffer bytes) throws RestreamException {
        ProxyHeader.checkBegin(bytes, SIGNATURE);
        int length = lineLength(bytes);
        if (length == 0) {
            return null;
        }
        byte[] line = new byte[length - 2];
        bytes.get(0, line);
        return new ProxyHeader(length, client(new String(line, ISO_8859_1)));
    }

    /** The length with CR and LF, or 0 if they are still missing. */
    private static int lineLength(ByteBuffer bytes) throws RestreamException {
        int most = Math.min(bytes.limit(), MAX_BYTES);
        for (int i = SIGNATURE.length; i < most; i++) {
            if (bytes.get(i) == '\n') {
                if (bytes.get(i - 1) != '\r') {
                    throw ProxyHeader.bad("its line ends with LF, not with CR LF");
                }
                return i + 1;
            }
        }
        if (most == MAX_BYTES) {
            throw ProxyHeader.bad("its line has more than " + MAX_BYTES + " bytes");
        }
        return 0;
    }

    private static @Nullable InetSocketAddress client(String line) throws RestreamException {
        if (line.equals(UNKNOWN) || line.startsWith(UNKNOWN + ' ')) {
            return null;
        }
        String[] words = line.split(" ", -1);
        boolean v4 = words[1].equals("TCP4");
        if ((!v4 && !words[1].equals("TCP6")) || words.length != WORDS) {
            throw bad(line, "after PROXY comes UNKNOWN, or TCP4 or TCP6 with two addresses and two ports");
        }
        byte[] source = address(v4, words[2], line);
        address(v4, words[3], line);
        int port = port(words[4], line);
        port(words[5], line);
        return new InetSocketAddress(Network.inet(source), port);
    }

    private static byte[] address(boolean v4, String text, String line) throws RestreamException {
        byte[] address = v4 ? IpText.v4(text) : IpText.v6(text);
        if (address == null) {
            throw bad(line, "\"" + Printable.of(text) + "\" is not an IPv" + (v4 ? 4 : 6) + " address");
        }
        return address;
    }

    private static int port(String text, String line) throws RestreamException {
        int port = IpText.number(text, MAX_PORT);
        if (port < 0) {
            throw bad(line, "\"" + Printable.of(text) + "\" is not a port, 0 to " + MAX_PORT);
        }
        return port;
    }

    private static RestreamException bad(String line, String why) {
        return ProxyHeader.bad("\"" + Printable.of(line) + "\": " + why);
    }
}
