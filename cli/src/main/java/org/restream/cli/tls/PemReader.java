package org.restream.cli.tls;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * What is done by a library that is too large to be looked through at each start. Its one implementation is loaded by
 * {@link PemLibrary}, when a command first needs it.
 */
public interface PemReader {
    /**
     * Reads all certificates of a file, in their order.
     *
     * @return one or more
     */
    List<X509Certificate> certificates(PemText text) throws TlsFileException;

    /** Reads the private key of a file that has exactly one. */
    PrivateKey privateKey(PemText text) throws TlsFileException;

    /** Returns the last part of a certificate's subject that is a common name; empty where there is none. */
    String commonName(X509Certificate certificate);
}
