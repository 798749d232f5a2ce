package org.restream.cli.send;

import java.nio.file.Path;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.restream.ClientOptions;
import org.restream.cli.tls.ReloadedTls;
import org.restream.cli.tls.TlsFileException;
import org.restream.cli.tls.TlsFiles;
import picocli.CommandLine.Option;

/** TLS on the client's side. Its classes are loaded only if an option asks for TLS. */
final class ConnectTlsOptions {
    @Option(
            names = "--tls",
            description = "Use TLS 1.3. The server's certificate must be trusted, and be for the HOST of --server.")
    boolean tls;

    @Option(
            names = "--cacert",
            paramLabel = "FILE",
            description =
                    "The certificate authorities to trust, PEM. Default: those that Java trusts." + " Implies --tls.")
    @Nullable
    Path cacert;

    @Option(
            names = "--cert",
            paramLabel = "FILE",
            description = "The certificate to show if the server asks for one, and its chain, PEM. Implies --tls.")
    @Nullable
    Path cert;

    @Option(
            names = "--key",
            paramLabel = "FILE",
            description = "The certificate's private key, PEM, not encrypted. Default: in the file of --cert.")
    @Nullable
    Path key;

    /** Adds TLS to the options if it was asked for. Each attempt reads the files anew. */
    ClientOptions set(ClientOptions options, ReloadedTls.Listener listener) throws TlsFileException {
        if (key != null && cert == null) {
            throw new IllegalArgumentException("--key needs --cert");
        }
        if (!tls && cacert == null && cert == null) {
            return options;
        }
        ReloadedTls files = new ReloadedTls(new TlsFiles(cert, key, cacert), InstantSource.system());
        return options.tlsFrom(() -> files.checkedContext(listener));
    }
}
