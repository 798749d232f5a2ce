package org.restream.cli.listen;

import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.Optional;
import org.restream.cli.tls.PeerCertificate;

/** Who the client is, as environment variables of a command. Without a certificate there are none. */
final class PeerVariables {
    private static final String PREFIX = "RESTREAM_PEER_";

    private PeerVariables() {}

    /** Sets them; those of an outer command go. */
    static void set(Map<String, String> environment, Optional<X509Certificate> certificate) {
        environment.keySet().removeIf(name -> name.startsWith(PREFIX));
        certificate.map(PeerCertificate::new).ifPresent(peer -> {
            put(environment, "SUBJECT", peer.subject());
            put(environment, "CN", peer.commonName());
            put(environment, "NAMES", String.join("\n", peer.names()));
            put(environment, "SHA256", peer.sha256());
            put(environment, "CERTIFICATE", peer.pem());
        });
    }

    /** A NUL can't be in one: rather none than half a name. */
    private static void put(Map<String, String> environment, String name, String value) {
        if (value.indexOf('\0') < 0) {
            environment.put(PREFIX + name, value);
        }
    }
}
