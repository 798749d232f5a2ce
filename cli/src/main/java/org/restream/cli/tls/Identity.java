package org.restream.cli.tls;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;

/**
 * Our identity: a key, its certificate, and the chain from it to an authority.
 *
 * @param file the file with the certificates
 * @param chain the key's certificate first; each is issued by the next one
 */
record Identity(Path file, PrivateKey key, List<X509Certificate> chain) {
    private static final char[] IN_MEMORY = "in memory only".toCharArray();

    static Identity of(PemText certificates, PemText keyText) throws TlsFileException {
        List<X509Certificate> all = certificates.certificates();
        PrivateKey key = keyText.privateKey();
        for (X509Certificate each : all) {
            if (KeyPairs.match(key, each.getPublicKey())) {
                return new Identity(certificates.file(), key, chain(each, all));
            }
        }
        String whose = all.size() == 1 ? "the certificate" : "any of the " + all.size() + " certificates";
        throw new TlsFileException(
                keyText.file(),
                "the key is not that of " + whose + " in " + certificates.file() + " (" + name(all.get(0)) + ")");
    }

    /** The chain of {@code own}. The file may have the certificates in any order, and others too. */
    private static List<X509Certificate> chain(X509Certificate own, List<X509Certificate> all) {
        List<X509Certificate> chain = new ArrayList<>(List.of(own));
        List<X509Certificate> rest = new ArrayList<>(all);
        for (X509Certificate last = own; last != null; ) {
            rest.remove(last);
            X509Certificate issued = last;
            last = rest.stream()
                    .filter(each -> each.getSubjectX500Principal().equals(issued.getIssuerX500Principal()))
                    .findFirst()
                    .orElse(null);
            if (last != null) {
                chain.add(last);
            }
        }
        return List.copyOf(chain);
    }

    /** The certificate's subject, and how long it is valid. */
    String text() {
        return name(chain.get(0)) + " until " + chain.get(0).getNotAfter().toInstant();
    }

    /** When it can't be used any more, because the first of its certificates has expired. */
    Instant validUntil() {
        return firstEnd(chain);
    }

    /** When the first of some certificates expires. */
    static Instant firstEnd(List<X509Certificate> certificates) {
        return certificates.stream()
                .map(each -> each.getNotAfter().toInstant())
                .min(Instant::compareTo)
                .orElse(Instant.MAX);
    }

    private static String name(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().getName();
    }

    /** Rejects a certificate that no peer would accept now. */
    void checkValidAt(Instant now) throws TlsFileException {
        for (X509Certificate each : chain) {
            String whose = "the certificate of " + name(each);
            Instant from = each.getNotBefore().toInstant();
            Instant until = each.getNotAfter().toInstant();
            if (now.isAfter(until)) {
                throw new TlsFileException(file, whose + " has expired: it was valid until " + until);
            }
            if (now.isBefore(from)) {
                throw new TlsFileException(file, whose + " is not valid yet: it will be from " + from);
            }
        }
    }

    KeyManager[] keyManagers() {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("own", key, IN_MEMORY, chain.toArray(X509Certificate[]::new));
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(store, IN_MEMORY);
            return factory.getKeyManagers();
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("this Java can't keep a key in memory", e);
        }
    }
}
