package org.restream.cli.listen;

import java.nio.file.Path;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.restream.ClientAuth;
import org.restream.ServerOptions;
import org.restream.cli.tls.ReloadedTls;
import org.restream.cli.tls.TlsFileException;
import org.restream.cli.tls.TlsFiles;
import picocli.CommandLine.Option;

/** TLS on the server's side. Its classes are loaded only if an option asks for TLS. */
final class ListenTlsOptions {
    enum Auth {
        need,
        want
    }

    @Option(
            names = "--cert",
            paramLabel = "FILE",
            description = "Use TLS 1.3, with this certificate and its chain, PEM.")
    @Nullable
    Path cert;

    @Option(
            names = "--key",
            paramLabel = "FILE",
            description = "The certificate's private key, PEM, not encrypted. Default: in the file of --cert.")
    @Nullable
    Path key;

    @Option(
            names = "--client-ca",
            paramLabel = "FILE",
            description = "Clients must show a certificate of these authorities, PEM.")
    @Nullable
    Path clientCa;

    @Option(
            names = "--client-auth",
            paramLabel = "need|want",
            description = "With --client-ca: want also accepts clients without a certificate. Default: need.")
    @Nullable
    Auth clientAuth;

    /** Reads the files for the first time; returns null without TLS. */
    @Nullable
    ReloadedTls load() throws TlsFileException {
        needs("--cert", cert, "--key", key);
        needs("--cert", cert, "--client-ca", clientCa);
        needs("--client-ca", clientCa, "--client-auth", clientAuth);
        return cert == null ? null : new ReloadedTls(new TlsFiles(cert, key, clientCa), InstantSource.system());
    }

    private static void needs(String other, @Nullable Object otherValue, String option, @Nullable Object value) {
        if (value != null && otherValue == null) {
            throw new IllegalArgumentException(option + " needs " + other);
        }
    }

    ServerOptions set(ServerOptions options, @Nullable ReloadedTls files) {
        if (files == null) {
            return options;
        }
        ClientAuth asked = clientAuth == Auth.want ? ClientAuth.WANT : ClientAuth.NEED;
        return options.tlsFrom(files::context).clientAuth(clientCa == null ? ClientAuth.NONE : asked);
    }
}
