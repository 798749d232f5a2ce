package org.restream;

import org.restream.internal.text.Printable;

/**
 * The address of a server: a host name or IP address, and a port.
 *
 * @param host a name, an IPv4 address, or an IPv6 address without brackets; names are looked up again for each attempt
 * @param port 1 to 65535
 */
public record ServerAddress(String host, int port) {
    /**
     * Checks the values.
     *
     * @param host a name or an address
     * @param port 1 to 65535
     * @throws IllegalArgumentException if the host can't be a host name or address, or the port is not from 1 to 65535
     */
    public ServerAddress {
        Check.host("host", host);
        Check.inRange("port", 1, 65_535, port);
    }

    /**
     * Parses {@code host}, {@code host:port}, {@code [v6]} or {@code [v6]:port}. Without a port it is
     * {@link Restream#DEFAULT_PORT}.
     *
     * @param text the address
     * @return the address
     * @throws IllegalArgumentException if the text has none of these forms; the message names the text and the rule
     */
    public static ServerAddress parse(String text) {
        Check.notNull("server", text);
        try {
            if (text.startsWith("[")) {
                int bracket = text.indexOf(']');
                if (bracket < 0) {
                    throw new IllegalArgumentException("the bracket is not closed");
                }
                return new ServerAddress(v6(text.substring(1, bracket)), port(text.substring(bracket + 1)));
            }
            int colon = text.indexOf(':');
            if (colon < 0) {
                return new ServerAddress(text, Restream.DEFAULT_PORT);
            }
            if (text.indexOf(':', colon + 1) >= 0) {
                throw new IllegalArgumentException("an IPv6 address needs brackets, as in [::1]:9967");
            }
            return new ServerAddress(text.substring(0, colon), port(text.substring(colon)));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "\"" + Printable.of(text) + "\" is not a server address (host, host:port or [IPv6]:port): "
                            + e.getMessage(),
                    e);
        }
    }

    private static String v6(String host) {
        if (host.indexOf(':') < 0) {
            throw new IllegalArgumentException("only an IPv6 address may stand in brackets");
        }
        return host;
    }

    /** Reads "" or ":9967". */
    private static int port(String text) {
        if (text.isEmpty()) {
            return Restream.DEFAULT_PORT;
        }
        if (text.charAt(0) != ':') {
            throw new IllegalArgumentException("after the bracket comes :port, not " + Printable.of(text));
        }
        if (!text.matches(":[0-9]{1,9}")) {
            throw new IllegalArgumentException(
                    "port must be 1 to 65535, not \"" + Printable.of(text.substring(1)) + '"');
        }
        return Check.inRange("port", 1, 65_535, Integer.parseInt(text.substring(1)));
    }

    /**
     * The form that {@link #parse} accepts.
     *
     * @return {@code host:port}, an IPv6 address in brackets
     */
    @Override
    public String toString() {
        return host.indexOf(':') < 0 ? host + ':' + port : '[' + host + "]:" + port;
    }
}
