package org.restream.internal.tls;

import java.util.List;
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
        return client(link, contexts, host, port, List.of());
    }

    /**
     * The same.
     *
     * @param protocols the names that are offered by ALPN
     */
    public static Connection client(
            Connection link, Supplier<SSLContext> contexts, String host, int port, List<String> protocols) {
        ServerIdentity identity = new ServerIdentity(host);
        return new TlsConnection(link, () -> clientEngine(context(contexts), identity, port, protocols), identity);
    }

    private static SSLContext context(Supplier<SSLContext> contexts) {
        return Objects.requireNonNull(contexts.get(), "tlsFrom gave no SSLContext");
    }

    private static SSLEngine clientEngine(
            SSLContext context, ServerIdentity identity, int port, List<String> protocols) {
        SSLEngine engine = context.createSSLEngine(identity.host(), port);
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setProtocols(VERSION);
        // RFC 2818, which the JDK implements; ServerIdentity checks the rest
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        parameters.setApplicationProtocols(protocols.toArray(String[]::new));
        engine.setSSLParameters(parameters);
        return engine;
    }

    /** The server's side, without ALPN. */
    public static Connection server(Connection link, Supplier<SSLContext> contexts, ClientAuth clientAuth) {
        return server(link, contexts, clientAuth, List.of());
    }

    /**
     * The server's side.
     *
     * @param protocols the names that it speaks by ALPN; a client that names none, or only others, is served without
     */
    public static Connection server(
            Connection link, Supplier<SSLContext> contexts, ClientAuth clientAuth, List<String> protocols) {
        return new TlsConnection(link, () -> serverEngine(context(contexts), clientAuth, protocols), null);
    }

    private static SSLEngine serverEngine(SSLContext context, ClientAuth clientAuth, List<String> protocols) {
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
        if (!protocols.isEmpty()) {
            engine.setHandshakeApplicationProtocolSelector((same, offered) ->
                    offered.stream().filter(protocols::contains).findFirst().orElse(""));
        }
        return engine;
    }
}
