package org.restream.internal.tls;

import java.util.Objects;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.restream.ClientAuth;
import org.restream.internal.link.Connection;

/** Wraps a connection in TLS 1.3, and no other version. */
public final class Tls {
    private static final String[] VERSION = {"TLSv1.3"};

    private Tls() {}

    /** The client's side: checks that the server's certificate is for the host. */
    public static Connection client(Connection link, Supplier<SSLContext> contexts, String host, int port) {
        ServerIdentity identity = new ServerIdentity(host);
        return new TlsConnection(link, () -> clientEngine(context(contexts), identity, port), identity);
    }

    private static SSLContext context(Supplier<SSLContext> contexts) {
        return Objects.requireNonNull(contexts.get(), "tlsFrom gave no SSLContext");
    }

    private static SSLEngine clientEngine(SSLContext context, ServerIdentity identity, int port) {
        SSLEngine engine = context.createSSLEngine(identity.host(), port);
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setProtocols(VERSION);
        // RFC 2818, which the JDK implements; ServerIdentity checks the rest
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        engine.setSSLParameters(parameters);
        return engine;
    }

    /** The server's side. */
    public static Connection server(Connection link, Supplier<SSLContext> contexts, ClientAuth clientAuth) {
        return new TlsConnection(link, () -> serverEngine(context(contexts), clientAuth), null);
    }

    private static SSLEngine serverEngine(SSLContext context, ClientAuth clientAuth) {
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(false);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setProtocols(VERSION);
        if (clientAuth == ClientAuth.WANT) {
            parameters.setWantClientAuth(true);
        } else {
            parameters.setNeedClientAuth(clientAuth == ClientAuth.NEED);
        }
        engine.setSSLParameters(parameters);
        return engine;
    }
}
