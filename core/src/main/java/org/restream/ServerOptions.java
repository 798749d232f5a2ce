package org.restream;

import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * How a server listens, and what it accepts. Options are immutable: each setter returns a copy with the new value, so start
 * with {@link #defaults()}. A setter that is given a bad value throws at once: an {@link IllegalArgumentException}, or for null a
 * {@link NullPointerException}, whose message names the option, the value and the rule. No duration may be longer than 292
 * years.
 */
public final class ServerOptions extends AdmissionOptions {
    private static final ServerOptions DEFAULTS = new ServerOptions();

    private String host = "127.0.0.1";
    private int port = Restream.DEFAULT_PORT;
    private boolean allowEmptyRequest = true;
    private boolean refusals = true;
    private Duration headerTimeout = Duration.ofSeconds(30);
    private Duration closeGrace = Duration.ofSeconds(5);
    private ClientAuth clientAuth = ClientAuth.NONE;
    private @Nullable SessionLimits sessions;

    private ServerOptions() {}

    /**
     * Returns the options in which each has its default.
     *
     * @return the options
     */
    public static ServerOptions defaults() {
        return DEFAULTS;
    }

    /**
     * Sets the address at which {@link RestreamServer#listen()} listens.
     *
     * @param host a name or address of this machine; {@code 0.0.0.0} or {@code ::} for all its addresses. Default: 127.0.0.1,
     *     so that only this machine can connect
     * @return a copy with this value
     */
    public ServerOptions host(String host) {
        return with(copy -> copy.host = Check.host("host", host));
    }

    /** {@return the name or address at which to listen} */
    public String host() {
        return host;
    }

    /**
     * Sets the port at which {@link RestreamServer#listen()} listens.
     *
     * @param port 0 to 65535; 0 picks a free one, which {@link RestreamServer#address()} returns. Default: 9967
     * @return a copy with this value
     */
    public ServerOptions port(int port) {
        return with(copy -> copy.port = Check.inRange("port", 0, 65_535, port));
    }

    /** {@return the port at which to listen: 0 to 65535} */
    public int port() {
        return port;
    }

    /**
     * Sets whether a client that ends its side without a byte has sent a request, an empty one. Clients of the original do so
     * where they end without a write. But port scans and the health checks of load balancers do so too. With false, such a
     * connection is no request: a read fails in the handler, and the only event about it is {@link ServerEvent.NoRequest}.
     *
     * @param allowEmptyRequest false: a connection without a byte is no request. Default: true
     * @return a copy with this value
     */
    public ServerOptions allowEmptyRequest(boolean allowEmptyRequest) {
        return with(copy -> copy.allowEmptyRequest = allowEmptyRequest);
    }

    /** {@return whether a client that ends its side without a byte has sent a request} */
    public boolean allowEmptyRequest() {
        return allowEmptyRequest;
    }

    /**
     * Sets whether the client is told of a {@link Refusal} that a handler throws, in the header of the answer.
     *
     * @param refusals false: a refusal resets the connection, like any other exception. Default: true
     * @return a copy with this value
     */
    public ServerOptions refusals(boolean refusals) {
        return with(copy -> copy.refusals = refusals);
    }

    /** {@return whether the client is told of a refusal} */
    public boolean refusals() {
        return refusals;
    }

    /**
     * Sets how long a client may take to send its header; after that the connection is reset. The time starts with the first
     * read that waits for the header. That is at once, unless the handler does something else first. The TLS handshake counts
     * against it too.
     *
     * @param headerTimeout 0 or more; 0 means no limit. Default: 30 s
     * @return a copy with this value
     */
    public ServerOptions headerTimeout(Duration headerTimeout) {
        return with(copy -> copy.headerTimeout = Check.notNegative("headerTimeout", headerTimeout));
    }

    /** {@return how long a client may take to send its header; 0 means no limit} */
    public Duration headerTimeout() {
        return headerTimeout;
    }

    /**
     * Sets how long {@link RestreamServer#close()} waits for running exchanges before it aborts them.
     *
     * @param closeGrace 0 or more; 0 aborts them at once. Default: 5 s
     * @return a copy with this value
     */
    public ServerOptions closeGrace(Duration closeGrace) {
        return with(copy -> copy.closeGrace = Check.notNegative("closeGrace", closeGrace));
    }

    /** {@return how long {@link RestreamServer#close()} waits for running exchanges: 0 or more} */
    public Duration closeGrace() {
        return closeGrace;
    }

    /**
     * Uses TLS 1.3, and no other version. A client that does not speak it, or whose certificate is not accepted, is
     * {@linkplain ServerEvent.Rejected rejected}. The connection's own thread makes the handshake, and its time counts against
     * {@link #headerTimeout(Duration)}.
     *
     * @param tls has the certificate to show, and decides whom to trust if {@link #clientAuth(ClientAuth)} asks for
     *     certificates. When a TLS session is resumed, its key and trust managers are not asked again: to change them, use
     *     {@link #tlsFrom(java.util.function.Supplier)}. Default: none, which means plain TCP
     * @return a copy with this value
     * @throws IllegalArgumentException if the context has no TLS 1.3 or is not initialised, or if the system property
     *     {@code jdk.tls.acknowledgeCloseNotify} is true, since then the JVM would cut answers short
     */
    public ServerOptions tls(SSLContext tls) {
        return withTls(tls);
    }

    /**
     * Sets whether clients are asked for a certificate. It has no effect without TLS.
     *
     * @param clientAuth whether to ask, and whether a client without one is rejected. Default: {@link ClientAuth#NONE}
     * @return a copy with this value
     */
    public ServerOptions clientAuth(ClientAuth clientAuth) {
        return with(copy -> copy.clientAuth = Check.notNull("clientAuth", clientAuth));
    }

    /** {@return whether clients are asked for a certificate} */
    public ClientAuth clientAuth() {
        return clientAuth;
    }

    /**
     * Sets the listener that gets every event of the server, one at a time, on the thread where it happened. While it runs, the
     * events of other exchanges wait, so it should be quick. An exception that it throws is logged and changes nothing.
     *
     * @param listener the listener. Default: none; then the {@link System.Logger} {@code org.restream} logs an exception of a
     *     handler at ERROR, and the rest at DEBUG
     * @return a copy with this value
     */
    public ServerOptions listener(Listener<? super ServerEvent> listener) {
        return with(copy -> copy.listener = Check.notNull("listener", listener));
    }

    /**
     * Takes sessions too, see {@link RestreamSession}, on the same port as plain connections. The handler is the same for both. A
     * plain client that waits for the server to speak first waits a quarter of a second longer, since only the client's first byte
     * tells what it is.
     *
     * @param limits what is promised to sessions, and what they are held to. Default: none, which means no sessions
     * @return a copy with this value
     */
    public ServerOptions sessions(SessionLimits limits) {
        return with(copy -> copy.sessions = Check.notNull("sessions", limits));
    }

    /** {@return what sessions are held to, or null for no sessions} */
    public @Nullable SessionLimits sessions() {
        return sessions;
    }

    /**
     * Takes no sessions: only plain connections.
     *
     * @return a copy without them
     */
    public ServerOptions withoutSessions() {
        return with(copy -> copy.sessions = null);
    }
}
