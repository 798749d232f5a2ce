package org.restream.internal.exchange;

import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.Optional;
import org.restream.internal.link.Peer;

/**
 * With whom an exchange is, and which one it is.
 *
 * @param peer who it is
 * @param exchange the exchange's number, from 1
 */
public record ExchangePeer(Peer peer, long exchange) {
    InetSocketAddress address() {
        return peer.peer();
    }

    Optional<X509Certificate> certificate() {
        return peer.peerCertificate();
    }
}
