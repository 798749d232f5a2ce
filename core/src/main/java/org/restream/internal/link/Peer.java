package org.restream.internal.link;

import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.Optional;

/** With whom an exchange is. */
public interface Peer {
    /** The other end. */
    InetSocketAddress peer();

    /** Whom the peer has shown to be; known once the connection is open. */
    default Optional<X509Certificate> peerCertificate() {
        return Optional.empty();
    }
}
