package org.restream.testing;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Makes certificates, and contexts with them. */
public final class TestCa {
    /** A certificate and its key. */
    public record Identity(X509Certificate certificate, KeyPair keys) {
        /** The certificate in PEM. */
        public String certificatePem() {
            return pem("CERTIFICATE", encoded());
        }

        public String keyPem() {
            return pem("PRIVATE KEY", keys.getPrivate().getEncoded());
        }

        private byte[] encoded() {
            try {
                return certificate.getEncoded();
            } catch (java.security.cert.CertificateEncodingException e) {
                throw new AssertionError(e);
            }
        }
    }

    private static final char[] PASSWORD = "in memory only".toCharArray();
    private static final AtomicLong SERIAL = new AtomicLong(1);

    private final Identity own;

    public TestCa() {
        own = certify("CN=Test CA " + SERIAL.get(), null, List.of(), tomorrow());
    }

    /** Issues a certificate for names and addresses. */
    public Identity issue(String... names) {
        return certify("CN=" + names[0], own, List.of(names), tomorrow());
    }

    /** Issues a certificate with a common name only. */
    public Identity issueWithoutNames(String commonName) {
        return certify("CN=" + commonName, own, List.of(), tomorrow());
    }

    public Identity issueExpired(String... names) {
        return certify("CN=" + names[0], own, List.of(names), Instant.now().minus(1, ChronoUnit.HOURS));
    }

    /** Issues a certificate whose key is of this kind: EC, RSA, Ed25519. */
    public Identity issueWith(String algorithm, String... names) {
        return certify(keyPair(algorithm), "CN=" + names[0], own, List.of(names), tomorrow());
    }

    public X509Certificate certificate() {
        return own.certificate;
    }

    public String certificatePem() {
        return own.certificatePem();
    }

    /** A context that trusts this authority, and shows no certificate. */
    public SSLContext context() {
        return context(null);
    }

    /** A context that trusts this authority, and shows a certificate from it. */
    public SSLContext context(Identity identity) {
        return contextShowing(identity, this);
    }

    /** A context that trusts this authority, and shows a certificate from another one. */
    public SSLContext contextShowing(Identity identity, TestCa issuer) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(identity == null ? null : keyManagers(identity, issuer), trustManagers(), null);
            return context;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** Key managers that show a certificate from this authority. */
    public KeyManager[] keyManagers(Identity identity) throws Exception {
        return keyManagers(identity, this);
    }

    private static KeyManager[] keyManagers(Identity identity, TestCa issuer) throws Exception {
        KeyStore store = emptyStore();
        X509Certificate[] chain = {identity.certificate, issuer.own.certificate};
        store.setKeyEntry("own", identity.keys.getPrivate(), PASSWORD, chain);
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, PASSWORD);
        return factory.getKeyManagers();
    }

    private TrustManager[] trustManagers() throws Exception {
        KeyStore store = emptyStore();
        store.setCertificateEntry("ca", own.certificate);
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    private static KeyStore emptyStore() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static Instant tomorrow() {
        return Instant.now().plus(1, ChronoUnit.DAYS);
    }

    private static KeyPair keyPair(String algorithm) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            if (algorithm.equals("EC")) {
                generator.initialize(new ECGenParameterSpec("secp256r1"));
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static Identity certify(String subject, Identity issuer, List<String> names, Instant until) {
        return certify(keyPair("EC"), subject, issuer, names, until);
    }

    private static Identity certify(KeyPair keys, String subject, Identity issuer, List<String> names, Instant until) {
        try {
            X500Name by = new X500Name(
                    issuer == null
                            ? subject
                            : issuer.certificate.getSubjectX500Principal().getName());
            JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    by,
                    BigInteger.valueOf(SERIAL.getAndIncrement()),
                    Date.from(Instant.now().minus(1, ChronoUnit.DAYS)),
                    Date.from(until),
                    new X500Name(subject),
                    keys.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(issuer == null));
            if (!names.isEmpty()) {
                builder.addExtension(Extension.subjectAlternativeName, false, alternatives(names));
            }
            KeyPair signer = issuer == null ? keys : issuer.keys;
            return new Identity(
                    new JcaX509CertificateConverter()
                            .getCertificate(builder.build(
                                    new JcaContentSignerBuilder("SHA256withECDSA").build(signer.getPrivate()))),
                    keys);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static GeneralNames alternatives(List<String> names) {
        return new GeneralNames(names.stream().map(TestCa::alternative).toArray(GeneralName[]::new));
    }

    private static GeneralName alternative(String name) {
        boolean address = name.contains(":") || Stream.of(name.split("[.]")).allMatch(part -> part.matches("[0-9]+"));
        return new GeneralName(address ? GeneralName.iPAddress : GeneralName.dNSName, name);
    }

    private static String pem(String type, byte[] bytes) {
        return "-----BEGIN " + type + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes) + "\n-----END " + type + "-----\n";
    }
}
