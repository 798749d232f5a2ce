package org.restream.internal.fake;

import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;
import org.restream.Header;

/**
 * The peer of an exchange in memory: its identity, and what it sends.
 *
 * @param header its header
 * @param body its body; if reading it throws, the connection is lost
 * @param lost whether the connection is lost after the body, in place of a clean end
 * @param address its address
 * @param certificate its certificate; null if it has shown none
 */
public record ScriptedPeer(
        Header header,
        InputStream body,
        boolean lost,
        InetSocketAddress address,
        @Nullable X509Certificate certificate) {
    /** The default address, on this machine. */
    public static final InetSocketAddress ADDRESS = new InetSocketAddress(InetAddress.getLoopbackAddress(), 50_000);
}
