package org.restream.reliability.kill;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.restream.testing.TestCa;

/** Files with a certificate for 127.0.0.1, its key and its authority, for other processes. */
record TlsFiles(Path folder) {
    private static final char[] PASSWORD = "for a test".toCharArray();

    static TlsFiles write(Path folder) throws Exception {
        TestCa ca = new TestCa();
        TestCa.Identity own = ca.issue("127.0.0.1");
        Files.writeString(folder.resolve("ca.pem"), ca.certificatePem());
        Files.writeString(folder.resolve("own.pem"), own.certificatePem());
        Files.writeString(folder.resolve("own.key"), own.keyPem());
        Certificate authority = CertificateFactory.getInstance("X.509")
                .generateCertificate(
                        new ByteArrayInputStream(ca.certificatePem().getBytes(StandardCharsets.US_ASCII)));
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("ca", authority);
        store.setKeyEntry("own", own.keys().getPrivate(), PASSWORD, new Certificate[] {own.certificate(), authority});
        TlsFiles files = new TlsFiles(folder);
        try (OutputStream out = Files.newOutputStream(files.store())) {
            store.store(out, PASSWORD);
        }
        return files;
    }

    Path store() {
        return folder.resolve("own.p12");
    }

    /** The environment for receiver.js. */
    Map<String, String> environment() {
        return Map.of(
                "TLS_CA", folder.resolve("ca.pem").toString(),
                "TLS_CERT", folder.resolve("own.pem").toString(),
                "TLS_KEY", folder.resolve("own.key").toString());
    }

    /** A context from a key store that {@link #write} has written. */
    static SSLContext context(Path file) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD);
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }
}
