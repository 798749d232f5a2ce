package org.restream.internal.exchange;

import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.Optional;
import org.restream.internal.link.Connection;

/**
 * The peer of an exchange, and the exchange's number.
 *
 * @param connection the connection, which knows the peer
 * @param exchange the number of the exchange, from 1
 */
public record ExchangePeer(Connection connection, long exchange) {
    InetSocketAddress address() {
        return connection.peer();
    }

    Optional<X509Certificate> certificate() {
        return connection.peerCertificate();
    }
}
