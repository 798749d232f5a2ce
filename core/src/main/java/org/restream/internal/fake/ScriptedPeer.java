package org.restream.internal.fake;

import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;
import org.restream.Header;

/**
 * What the peer of an exchange in memory is and says.
 *
 * @param header its header
 * @param body its body; where reading it throws, the connection is lost
 * @param lost whether the connection is lost after the body: there is no clean end
 * @param address where it is
 * @param certificate whom it has shown to be; null where it has not
 */
public record ScriptedPeer(
        Header header,
        InputStream body,
        boolean lost,
        InetSocketAddress address,
        @Nullable X509Certificate certificate) {
    /** On this machine, where nothing has been said. */
    public static final InetSocketAddress ADDRESS = new InetSocketAddress(InetAddress.getLoopbackAddress(), 50_000);
}
