package org.restream.cli.listen;

import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.Optional;
import org.restream.cli.tls.PeerCertificate;

/** Passes the client's address, and its identity if it has shown a certificate, as environment variables of a command. */
final class PeerVariables {
    private static final String PREFIX = "RESTREAM_PEER_";

    private PeerVariables() {}

    /** Sets the variables, and removes those inherited from an outer command. */
    static void set(Map<String, String> environment, InetSocketAddress address, Optional<X509Certificate> certificate) {
        environment.keySet().removeIf(name -> name.startsWith(PREFIX));
        put(environment, "ADDRESS", address.getAddress().getHostAddress());
        put(environment, "PORT", String.valueOf(address.getPort()));
        certificate.map(PeerCertificate::new).ifPresent(peer -> {
            put(environment, "SUBJECT", peer.subject());
            put(environment, "CN", peer.commonName());
            put(environment, "NAMES", String.join("\n", peer.names()));
            put(environment, "SHA256", peer.sha256());
            put(environment, "CERTIFICATE", peer.pem());
        });
    }

    /** Leaves a variable out if its value has a NUL, because half a name would be worse than none. */
    private static void put(Map<String, String> environment, String name, String value) {
        if (value.indexOf('\0') < 0) {
            environment.put(PREFIX + name, value);
        }
    }
}
