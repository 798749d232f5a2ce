package org.restream.cli.tls;

import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/** The content of a PEM file (RFC 7468): certificates, keys, and any text between them. */
public record PemText(Path file, String text) {
    /** One or more, in the order of the file. */
    List<X509Certificate> certificates() throws TlsFileException {
        return PemLibrary.reader().certificates(this);
    }

    /** The one key in it. */
    PrivateKey privateKey() throws TlsFileException {
        return PemLibrary.reader().privateKey(this);
    }
}
