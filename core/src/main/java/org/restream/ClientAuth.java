package org.restream;

/** Whether a server with TLS asks its clients for a certificate. See {@link ServerOptions#clientAuth}. */
public enum ClientAuth {
    /** The server does not ask for a certificate. */
    NONE,
    /**
     * The server asks for a certificate, and also serves clients that show none (see {@link
     * Incoming#peerCertificate()}). It rejects a client whose certificate it does not trust.
     */
    WANT,
    /** The server asks for a certificate, and rejects a client that shows none, or one that it does not trust. */
    NEED
}
