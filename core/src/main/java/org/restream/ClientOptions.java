package org.restream;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;

/**
 * How a client connects, and how it comes back after a failure. Options are immutable: each setter returns a copy with the new
 * value, so start with {@link #defaults()}. A setter that is given a bad value throws at once: an
 * {@link IllegalArgumentException}, or for null a {@link NullPointerException}, whose message names the option, the value and
 * the rule. No duration may be longer than 292 years.
 */
public final class ClientOptions extends ReconnectOptions {
    private static final ClientOptions DEFAULTS = new ClientOptions();

    private List<ServerAddress> servers = List.of(new ServerAddress("127.0.0.1", Restream.DEFAULT_PORT));
    private Duration connectTimeout = Duration.ofSeconds(10);
    private boolean allowEmptyAnswer;
    private boolean refusals = true;
    private boolean interruptOnLoss = true;
    private SessionMode session = SessionMode.PLAIN;

    private ClientOptions() {}

    /**
     * Returns the options in which each has its default.
     *
     * @return the options
     */
    public static ClientOptions defaults() {
        return DEFAULTS;
    }

    /**
     * Sets the servers. The client tries them in this order, again and again: after each failure it moves on to the next.
     *
     * @param servers one or more, each in a form that {@link ServerAddress#parse} reads. Default: 127.0.0.1:9967
     * @return a copy with this value
     */
    public ClientOptions servers(String... servers) {
        return servers(Stream.of(Check.notNull("servers", servers))
                .map(ServerAddress::parse)
                .toList());
    }

    /**
     * Sets the servers. The client tries them in this order, again and again: after each failure it moves on to the next.
     *
     * @param servers one or more; the list is copied. Default: 127.0.0.1:9967
     * @return a copy with this value
     */
    public ClientOptions servers(List<ServerAddress> servers) {
        Check.notNull("servers", servers).forEach(server -> Check.notNull("server", server));
        List<ServerAddress> copied = List.copyOf(servers);
        Check.atLeast("the number of servers", 1, copied.size());
        return with(copy -> copy.servers = copied);
    }

    /** {@return the servers: one or more, unmodifiable} */
    public List<ServerAddress> servers() {
        return servers;
    }

    /**
     * Sets the time for one attempt to connect: the look-up of the server's name, the attempts to connect to each of its
     * addresses, and the TLS handshake share it.
     *
     * @param connectTimeout more than 0. Default: 10 s
     * @return a copy with this value
     */
    public ClientOptions connectTimeout(Duration connectTimeout) {
        return with(copy -> copy.connectTimeout = Check.positive("connectTimeout", connectTimeout));
    }

    /** {@return the time for one attempt to connect: more than 0} */
    public Duration connectTimeout() {
        return connectTimeout;
    }

    /**
     * Sets whether a server that ends its side without a byte has answered. Servers of this library always send a header. Those
     * of the original send nothing where they end without a write, and for them true is right. But a load balancer that
     * accepts and finds no server behind it does the same. With false this is a loss, and the client tries the next server.
     *
     * @param allowEmptyAnswer true: an empty answer completes the exchange. Default: false
     * @return a copy with this value
     */
    public ClientOptions allowEmptyAnswer(boolean allowEmptyAnswer) {
        return with(copy -> copy.allowEmptyAnswer = allowEmptyAnswer);
    }

    /** {@return whether a server that ends its side without a byte has answered} */
    public boolean allowEmptyAnswer() {
        return allowEmptyAnswer;
    }

    /**
     * Sets whether an answer whose header has the object {@code refused}, as docs/wire.md describes it, is a refusal by the
     * server. Then the client fails with a {@link RefusedException}, or tries again after the time that the server names.
     *
     * @param refusals false: the header is one like any other. Default: true
     * @return a copy with this value
     */
    public ClientOptions refusals(boolean refusals) {
        return with(copy -> copy.refusals = refusals);
    }

    /** {@return whether the header of an answer can be a refusal} */
    public boolean refusals() {
        return refusals;
    }

    /**
     * Sets whether the loss of the connection interrupts the handler's thread. So a handler that waits for something else, such
     * as a queue, hears of it. For a handler that takes longer than a moment and does not read, a second thread watches the
     * connection.
     *
     * @param interruptOnLoss false: a handler hears of a loss only when it reads or writes. Default: true
     * @return a copy with this value
     */
    public ClientOptions interruptOnLoss(boolean interruptOnLoss) {
        return with(copy -> copy.interruptOnLoss = interruptOnLoss);
    }

    /** {@return whether the loss of the connection interrupts the handler's thread} */
    public boolean interruptOnLoss() {
        return interruptOnLoss;
    }

    /**
     * Sets whether the exchange runs over a session, which survives lost connections. Over a session the handler does not
     * notice a loss; {@link ClientEvent.Away} and {@link ClientEvent.Resumed} report it. If the session ends before the
     * exchange, the server's handler may have run or not: {@link Reconnect#UNTIL_COMPLETE} calls the handler again in a new
     * session, {@link Reconnect#UNTIL_CONNECTED} fails with an {@link OutcomeUnknownException}.
     *
     * <p>A session detects dead connections by itself, so {@link #idleTimeout(Duration)} has no effect on it. {@link
     * Restream#createSession} always makes sessions, whatever this says.
     *
     * @param session the mode. Default: {@link SessionMode#PLAIN}
     * @return a copy with this value
     */
    public ClientOptions session(SessionMode session) {
        return with(copy -> copy.session = Check.notNull("session", session));
    }

    /** {@return whether the exchange runs over a session} */
    public SessionMode session() {
        return session;
    }

    /**
     * Uses TLS 1.3, and no other version. The server's certificate must be trusted by the context, and be valid for the host
     * name in {@link #servers(String...)} (RFC 9525). The handshake is part of the attempt to connect: a handshake that fails
     * is a failed attempt, and its time counts against {@link #connectTimeout(Duration)}.
     *
     * @param tls decides whom to trust, and has the certificate to show if the server asks for one. When a TLS session is
     *     resumed, its key and trust managers are not asked again: to change them, use {@link #tlsFrom(java.util.function.Supplier)}.
     *     Default: none, which means plain TCP
     * @return a copy with this value
     * @throws IllegalArgumentException if the context has no TLS 1.3 or is not initialised, or if the system property
     *     {@code jdk.tls.acknowledgeCloseNotify} is true, since then the JVM would cut answers short
     */
    public ClientOptions tls(SSLContext tls) {
        return withTls(tls);
    }

    /**
     * Sets the listener that gets every event of the client, one at a time, on the client's thread. The client waits while the
     * listener runs, so it should be quick. An exception that it throws is logged and changes nothing.
     *
     * @param listener the listener. Default: none; then the {@link System.Logger} {@code org.restream} logs failures, losses
     *     and waits at INFO, an exception of the handler at ERROR, and the rest at DEBUG
     * @return a copy with this value
     */
    public ClientOptions listener(Listener<? super ClientEvent> listener) {
        return with(copy -> copy.listener = Check.notNull("listener", listener));
    }
}
