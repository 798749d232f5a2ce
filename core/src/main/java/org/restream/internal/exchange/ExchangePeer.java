package org.restream.internal.exchange;

import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.Optional;
import org.restream.internal.link.Connection;

/**
 * With whom an exchange is, and which one it is.
 *
 * @param connection who knows the peer
 * @param exchange the exchange's number, from 1
 */
public record ExchangePeer(Connection connection, long exchange) {
    InetSocketAddress address() {
        return connection.peer();
    }

    Optional<X509Certificate> certificate() {
        return connection.peerCertificate();
    }
}
