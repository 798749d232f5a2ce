package org.restream.cli.tls;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/** The identity in a certificate, as text. */
public final class PeerCertificate {
    /** RFC 5280, section 4.2.1.6: mail, DNS, URI, address. */
    private static final Set<Integer> TEXTS = Set.of(1, 2, 6, 7);

    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});

    private final X509Certificate certificate;
    private final byte[] encoded;

    public PeerCertificate(X509Certificate certificate) {
        this.certificate = certificate;
        try {
            encoded = certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("it came encoded", e);
        }
    }

    /** The subject in the format of RFC 2253: {@code CN=client-1,O=Example}. */
    public String subject() {
        return certificate.getSubjectX500Principal().getName();
    }

    /** The last common name in the subject; empty if there is none. */
    public String commonName() {
        return PemLibrary.reader().commonName(certificate);
    }

    /** The alternative names: DNS names, addresses, mail addresses, URIs. */
    public List<String> names() {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            return names == null
                    ? List.of()
                    : names.stream()
                            .filter(name -> TEXTS.contains(name.get(0)))
                            .map(name -> String.valueOf(name.get(1)))
                            .toList();
        } catch (CertificateParsingException e) {
            // they can't be parsed
            return List.of();
        }
    }

    /** The SHA-256 of the certificate, in lower-case hexadecimal digits. */
    public String sha256() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(encoded));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    public String pem() {
        return "-----BEGIN CERTIFICATE-----\n" + LINES.encodeToString(encoded) + "\n-----END CERTIFICATE-----\n";
    }
}
