package org.restream.examples;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.restream.ClientAuth;
import org.restream.ClientOptions;
import org.restream.Restream;
import org.restream.RestreamServer;
import org.restream.ServerOptions;

/** An echo server over TLS, for clients with a certificate. docs/tls.md shows how to make the files. */
public final class SecureEcho {
    private SecureEcho() {}

    /**
     * The arguments are a server's and a client's PKCS #12 file, the password of both, and the PEM file of the
     * authorities.
     */
    public static void main(String... args) throws Exception {
        if (args.length < 4) {
            System.err.println("usage: SecureEcho SERVER.p12 CLIENT.p12 PASSWORD AUTHORITIES.pem");
            System.exit(2);
        }
        char[] password = args[2].toCharArray();
        Path authorities = Path.of(args[3]);
        try (RestreamServer server = serve(0, context(Path.of(args[0]), password, authorities))) {
            String where = "localhost:" + server.address().getPort();
            System.out.println(say(where, context(Path.of(args[1]), password, authorities), "Is anybody there?"));
        }
    }

    /** A context with our own certificate, and the authorities that we trust. */
    static SSLContext context(Path own, char[] password, Path authorities)
            throws IOException, GeneralSecurityException {
        KeyStore ownStore = KeyStore.getInstance(own.toFile(), password);
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(ownStore, password);

        KeyStore trustedStore = KeyStore.getInstance("PKCS12");
        trustedStore.load(null, null);
        try (InputStream in = Files.newInputStream(authorities)) {
            for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                trustedStore.setCertificateEntry("authority " + trustedStore.size(), each);
            }
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trustedStore);

        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    static RestreamServer serve(int port, SSLContext tls) throws IOException {
        ServerOptions options = ServerOptions.defaults().port(port).tls(tls).clientAuth(ClientAuth.NEED);
        return Restream.createServer(options, (req, res) -> {
                    String client = req.peerCertificate()
                            .orElseThrow()
                            .getSubjectX500Principal()
                            .getName();
                    res.header("you are", client);
                    req.transferTo(res);
                })
                .listen();
    }

    /** Sends a text, and returns the answer. */
    static String say(String server, SSLContext tls, String text) {
        ClientOptions options = ClientOptions.defaults().servers(server).tls(tls);
        CompletableFuture<String> answer = new CompletableFuture<>();
        Restream.createClient(options, (req, res) -> {
                    req.end(text);
                    answer.complete(res.header() + " " + res.readText());
                })
                .completion()
                .join();
        return answer.join();
    }
}
