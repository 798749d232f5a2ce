package org.restream;

import java.time.Duration;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * How a server listens and what it bears. Immutable: each method that takes a value returns a copy with that value, so
 * start with {@link #defaults()}. A bad value is refused at once, with an {@link IllegalArgumentException} (for null a
 * {@link NullPointerException}) that names the option, the value and the rule.
 */
public final class ServerOptions implements Cloneable {
    private static final ServerOptions DEFAULTS = new ServerOptions();

    // Assigned only before an instance is handed out.
    private String host = "127.0.0.1";
    private int port = Restream.DEFAULT_PORT;
    private int maxConnections = 10_000;
    private int maxConnectionsPerAddress;
    private int maxHeaderBytes = 64 * 1024;
    private boolean allowEmptyRequest = true;
    private boolean refusals = true;
    private Duration headerTimeout = Duration.ofSeconds(30);
    private Duration idleTimeout = Duration.ZERO;
    private Duration closeGrace = Duration.ofSeconds(5);
    private @Nullable Supplier<SSLContext> tls;
    private ClientAuth clientAuth = ClientAuth.NONE;
    private @Nullable Listener<? super ServerEvent> listener;

    private ServerOptions() {}

    /**
     * Every option at its default.
     *
     * @return the options
     */
    public static ServerOptions defaults() {
        return DEFAULTS;
    }

    /**
     * Where {@link RestreamServer#listen()} listens.
     *
     * @param host a name or address of this machine; {@code 0.0.0.0} or {@code ::} for all of them. Default: 127.0.0.1, so
     *     that nothing is open to a network unless told to be
     * @return a copy
     */
    public ServerOptions host(String host) {
        ServerOptions copy = copy();
        copy.host = Check.host("host", host);
        return copy;
    }

    /** {@return where to listen: a name or address} */
    public String host() {
        return host;
    }

    /**
     * Where {@link RestreamServer#listen()} listens.
     *
     * @param port 0 to 65535; 0 picks a free one, see {@link RestreamServer#address()}. Default: 9967
     * @return a copy
     */
    public ServerOptions port(int port) {
        ServerOptions copy = copy();
        copy.port = Check.inRange("port", 0, 65_535, port);
        return copy;
    }

    /** {@return the port to listen at: 0 to 65535} */
    public int port() {
        return port;
    }

    /**
     * How many connections are served at a time. Beyond it new ones wait in the system's backlog until one ends: none is
     * dropped by the server.
     *
     * @param maxConnections 1 or more; each needs a file descriptor. Default: 10,000
     * @return a copy
     */
    public ServerOptions maxConnections(int maxConnections) {
        ServerOptions copy = copy();
        copy.maxConnections = Check.atLeast("maxConnections", 1, maxConnections);
        return copy;
    }

    /** {@return how many connections are served at a time: 1 or more} */
    public int maxConnections() {
        return maxConnections;
    }

    /**
     * How many of those connections one address may have, so that it can't take the place of all others. One more is reset
     * at once, before anything is read or a thread is made, and reported as {@link ServerEvent.Rejected}. The addresses of one
     * IPv6 network of 64 bits count as one, since one machine can have them all; link-local ones count each for itself. It
     * limits nobody who has many addresses, and it limits all clients behind one proxy or NAT together.
     *
     * @param maxConnectionsPerAddress 0 or more; 0: no limit of its own. Default: 0
     * @return a copy
     */
    public ServerOptions maxConnectionsPerAddress(int maxConnectionsPerAddress) {
        ServerOptions copy = copy();
        copy.maxConnectionsPerAddress = Check.atLeast("maxConnectionsPerAddress", 0, maxConnectionsPerAddress);
        return copy;
    }

    /** {@return how many connections one address may have: 0 for no limit} */
    public int maxConnectionsPerAddress() {
        return maxConnectionsPerAddress;
    }

    /**
     * The longest header that is taken from a client. A longer one is rejected with a reset.
     *
     * @param maxHeaderBytes bytes of UTF-8, 2 or more. Default: 65,536
     * @return a copy
     */
    public ServerOptions maxHeaderBytes(int maxHeaderBytes) {
        ServerOptions copy = copy();
        copy.maxHeaderBytes = Check.atLeast("maxHeaderBytes", 2, maxHeaderBytes);
        return copy;
    }

    /** {@return the longest header that is taken: bytes} */
    public int maxHeaderBytes() {
        return maxHeaderBytes;
    }

    /**
     * Whether a client that ends without a byte has sent a request, an empty one. The original's clients do so where they end
     * without a write. Port scans and the health checks of balancers do so too: with false their connections are no requests,
     * reading fails in the handler, and all that is told of them is {@link ServerEvent.NoRequest}.
     *
     * @param allowEmptyRequest false: a connection without a byte is no request. Default: true
     * @return a copy
     */
    public ServerOptions allowEmptyRequest(boolean allowEmptyRequest) {
        ServerOptions copy = copy();
        copy.allowEmptyRequest = allowEmptyRequest;
        return copy;
    }

    /** {@return whether a client that ends without a byte has sent a request} */
    public boolean allowEmptyRequest() {
        return allowEmptyRequest;
    }

    /**
     * Whether a {@link Refusal} that a handler throws is told to the client, in the answer's header.
     *
     * @param refusals false: it resets the connection, as any other exception does. Default: true
     * @return a copy
     */
    public ServerOptions refusals(boolean refusals) {
        ServerOptions copy = copy();
        copy.refusals = refusals;
        return copy;
    }

    /** {@return whether a refusal is told to the client} */
    public boolean refusals() {
        return refusals;
    }

    /**
     * How long a client's header may take; after that the connection is reset. It runs from the first read that waits for
     * the header, which is at once unless the handler does something else first.
     *
     * @param headerTimeout 0 or more; 0: for ever. Default: 30 s
     * @return a copy
     */
    public ServerOptions headerTimeout(Duration headerTimeout) {
        ServerOptions copy = copy();
        copy.headerTimeout = Check.notNegative("headerTimeout", headerTimeout);
        return copy;
    }

    /** {@return how long a client's header may take: 0 for ever} */
    public Duration headerTimeout() {
        return headerTimeout;
    }

    /**
     * A connection on which no byte has moved in either direction for so long is lost. It also ends a write that a peer
     * stalls. It does not know why nothing moves: choose it longer than the longest silence that is all right. What the
     * system's buffers take counts as moved, so a peer that vanishes while little is written is found late.
     *
     * @param idleTimeout 0 or more; 0: none. Default: 0
     * @return a copy
     */
    public ServerOptions idleTimeout(Duration idleTimeout) {
        ServerOptions copy = copy();
        copy.idleTimeout = Check.notNegative("idleTimeout", idleTimeout);
        return copy;
    }

    /** {@return after what silence a connection is lost: 0 for never} */
    public Duration idleTimeout() {
        return idleTimeout;
    }

    /**
     * How long {@link RestreamServer#close()} lets running exchanges go on before it aborts them.
     *
     * @param closeGrace 0 or more; 0 aborts them at once. Default: 5 s
     * @return a copy
     */
    public ServerOptions closeGrace(Duration closeGrace) {
        ServerOptions copy = copy();
        copy.closeGrace = Check.notNegative("closeGrace", closeGrace);
        return copy;
    }

    /** {@return how long {@link RestreamServer#close()} waits for running exchanges: 0 or more} */
    public Duration closeGrace() {
        return closeGrace;
    }

    /**
     * Speaks TLS 1.3, and no other version. A client that does not, or whose certificate is refused, is
     * {@linkplain ServerEvent.Rejected rejected}. The handshake is made by the exchange's own thread, and counts against
     * {@link #headerTimeout}.
     *
     * @param tls the certificate to show, and whom to trust if {@link #clientAuth} asks. Its key and trust
     *     managers are not asked where a session is resumed: to change either, use {@link #tlsFrom}. Default: none, plain TCP
     * @return a copy
     * @throws IllegalArgumentException if the context has no TLS 1.3, is not initialised, or the JVM was told to answer
     *     every {@code close_notify} with one ({@code jdk.tls.acknowledgeCloseNotify}), which cuts answers short
     */
    public ServerOptions tls(SSLContext tls) {
        ServerOptions copy = copy();
        SSLContext checked = Check.tls("tls", tls);
        copy.tls = () -> checked;
        return copy;
    }

    /** {@return what makes the next connection secure, or null for plain TCP} */
    public @Nullable SSLContext tls() {
        return tls == null ? null : tls.get();
    }

    /**
     * As {@link #tls}, with a context that is asked for anew for each connection: so certificates are renewed without a
     * restart. A connection keeps the one that it began with. Of {@code tls} and {@code tlsFrom} the last one counts.
     *
     * @param tls gives the context. It is called once at once, to check it, then with each connection, on its thread;
     *     where it throws or gives null, that connection is rejected. Default: none, plain TCP
     * @return a copy
     * @throws IllegalArgumentException as {@link #tls}, of the first context
     */
    public ServerOptions tlsFrom(Supplier<SSLContext> tls) {
        ServerOptions copy = copy();
        copy.tls = Check.tlsFrom("tlsFrom", tls);
        return copy;
    }

    /** {@return what gives the context of each connection, or null for plain TCP} */
    public @Nullable Supplier<SSLContext> tlsFrom() {
        return tls;
    }

    /**
     * Whether clients are asked for a certificate. Without {@link #tls} it does nothing.
     *
     * @param clientAuth whether, and whether it is needed. Default: NONE
     * @return a copy
     */
    public ServerOptions clientAuth(ClientAuth clientAuth) {
        ServerOptions copy = copy();
        copy.clientAuth = Check.notNull("clientAuth", clientAuth);
        return copy;
    }

    /** {@return whether clients are asked for a certificate} */
    public ClientAuth clientAuth() {
        return clientAuth;
    }

    /**
     * Gets every event, one at a time, on the thread where it happened: while it runs, other exchanges wait with theirs.
     * What it throws is logged and changes nothing.
     *
     * @param listener the listener. Default: none; then a handler's own exception is logged at ERROR, the rest at
     *     DEBUG, by the {@link System.Logger} {@code org.restream}
     * @return a copy
     */
    public ServerOptions listener(Listener<? super ServerEvent> listener) {
        ServerOptions copy = copy();
        copy.listener = Check.notNull("listener", listener);
        return copy;
    }

    /** {@return the listener, or null for none} */
    public @Nullable Listener<? super ServerEvent> listener() {
        return listener;
    }

    /**
     * Without a listener.
     *
     * @return a copy
     */
    public ServerOptions withoutListener() {
        ServerOptions copy = copy();
        copy.listener = null;
        return copy;
    }

    /**
     * Without TLS: plain TCP.
     *
     * @return a copy
     */
    public ServerOptions withoutTls() {
        ServerOptions copy = copy();
        copy.tls = null;
        return copy;
    }

    /**
     * {@return whether the other has the same value for each option; a listener, a back-off or a source of TLS contexts is equal
     * to itself}
     */
    @Override
    public boolean equals(@Nullable Object other) {
        return other != null && OptionFields.equal(this, other);
    }

    @Override
    public int hashCode() {
        return OptionFields.hash(this);
    }

    /** {@return each option's name and value} */
    @Override
    public String toString() {
        return OptionFields.text(this);
    }

    private ServerOptions copy() {
        try {
            return (ServerOptions) super.clone();
        } catch (CloneNotSupportedException e) {
            throw new AssertionError(e);
        }
    }
}
