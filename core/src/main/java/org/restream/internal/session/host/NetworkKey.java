package org.restream.internal.session.host;

import java.net.InetAddress;
import java.nio.ByteBuffer;

/** What counts as one address. */
public final class NetworkKey {
    /** The first 8 bytes of an IPv6 address are the network's; a machine chooses the rest (RFC 4291, section 2.5.1). */
    private static final int NETWORK_BYTES = 8;

    private NetworkKey() {}

    /** Link-local addresses are compared as a whole, since all of a network share the first bytes. */
    public static ByteBuffer of(InetAddress address) {
        byte[] bytes = address.getAddress();
        int length = address.isLinkLocalAddress() ? bytes.length : Math.min(bytes.length, NETWORK_BYTES);
        return ByteBuffer.wrap(bytes, 0, length);
    }
}
