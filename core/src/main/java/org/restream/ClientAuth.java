package org.restream;

/** Whether a server with TLS asks its clients for a certificate: an option of {@link ServerOptions#clientAuth}. */
public enum ClientAuth {
    /** It does not ask. */
    NONE,
    /** It asks; a client that has none is served too, see {@link Incoming#peerCertificate()}. One that is not trusted is not. */
    WANT,
    /** It asks, and turns away a client that has none, or one that is not trusted. */
    NEED
}
