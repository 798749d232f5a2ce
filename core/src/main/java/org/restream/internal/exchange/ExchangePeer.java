package org.restream.internal.exchange;

import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.Optional;
import org.restream.internal.link.Peer;

/**
 * The peer of an exchange, and the exchange's number.
 *
 * @param peer the peer
 * @param exchange the number of the exchange, from 1
 */
public record ExchangePeer(Peer peer, long exchange) {
    InetSocketAddress address() {
        return peer.peer();
    }

    Optional<X509Certificate> certificate() {
        return peer.peerCertificate();
    }
}
