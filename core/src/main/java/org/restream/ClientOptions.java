package org.restream;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * How a client connects and comes back. Immutable: each method that takes a value returns a copy with that value, so start
 * with {@link #defaults()}. A bad value is refused at once, with an {@link IllegalArgumentException} (for null a
 * {@link NullPointerException}) that names the option, the value and the rule.
 */
public final class ClientOptions implements Cloneable {
    private static final ClientOptions DEFAULTS = new ClientOptions();

    // Assigned only before an instance is handed out.
    private List<ServerAddress> servers = List.of(new ServerAddress("127.0.0.1", Restream.DEFAULT_PORT));
    private Duration retryDelay = Duration.ofSeconds(30);
    private int resetTimeout = 10;
    private double jitter;
    private boolean fastFailover;
    private @Nullable Backoff backoff;
    private int maxFailures;
    private Reconnect reconnect = Reconnect.UNTIL_COMPLETE;
    private Duration connectTimeout = Duration.ofSeconds(10);
    private Duration idleTimeout = Duration.ZERO;
    private int maxHeaderBytes = 64 * 1024;
    private boolean allowEmptyAnswer;
    private boolean refusals = true;
    private boolean interruptOnLoss = true;
    private Duration maxTime = Duration.ZERO;
    private @Nullable Supplier<SSLContext> tls;
    private @Nullable Listener<? super ClientEvent> listener;

    private ClientOptions() {}

    /**
     * Every option at its default.
     *
     * @return the options
     */
    public static ClientOptions defaults() {
        return DEFAULTS;
    }

    /**
     * The servers, tried in order, round and round: every failure moves on to the next.
     *
     * @param servers one or more, in the forms of {@link ServerAddress#parse}. Default: 127.0.0.1:9967
     * @return a copy
     */
    public ClientOptions servers(String... servers) {
        return servers(Stream.of(Check.notNull("servers", servers))
                .map(ServerAddress::parse)
                .toList());
    }

    /**
     * The servers, tried in order, round and round: every failure moves on to the next.
     *
     * @param servers one or more. Default: 127.0.0.1:9967
     * @return a copy
     */
    public ClientOptions servers(List<ServerAddress> servers) {
        ClientOptions copy = copy();
        Check.notNull("servers", servers).forEach(server -> Check.notNull("server", server));
        copy.servers = List.copyOf(servers);
        Check.atLeast("the number of servers", 1, copy.servers.size());
        return copy;
    }

    /** {@return the servers: one or more, unmodifiable} */
    public List<ServerAddress> servers() {
        return servers;
    }

    /**
     * The wait before the next attempt, times the number of failures in a row. An attempt has failed when no connection was
     * made, and when one was lost; the count starts again at the peer's header or clean end, not at a bare connect. The
     * timeout of an attempt itself is {@link #connectTimeout}.
     *
     * @param retryDelay 0 or more; 0 tries again without pause and keeps a processor busy. Default: 30 s
     * @return a copy
     */
    public ClientOptions retryDelay(Duration retryDelay) {
        ClientOptions copy = copy();
        copy.retryDelay = Check.notNegative("retryDelay", retryDelay);
        return copy;
    }

    /** {@return the wait after the first failure: 0 or more} */
    public Duration retryDelay() {
        return retryDelay;
    }

    /**
     * The name that {@link #retryDelay(Duration)} has in the original.
     *
     * @param timeout 0 or more
     * @return a copy
     * @deprecated it is no time-out: use {@link #retryDelay(Duration)}. It goes on working.
     */
    @Deprecated
    public ClientOptions timeout(Duration timeout) {
        ClientOptions copy = copy();
        copy.retryDelay = Check.notNegative("timeout", timeout);
        return copy;
    }

    /**
     * The name that {@link #retryDelay()} has in the original.
     *
     * @return the wait after the first failure: 0 or more
     * @deprecated use {@link #retryDelay()}. It goes on working.
     */
    @Deprecated
    public Duration timeout() {
        return retryDelay;
    }

    /**
     * After so many failures in a row the multiplier starts again at 1: the longest wait is {@code retryDelay * resetTimeout}.
     * It does not touch the count for {@link #maxFailures}.
     *
     * @param resetTimeout 1 or more. Default: 10
     * @return a copy
     */
    public ClientOptions resetTimeout(int resetTimeout) {
        ClientOptions copy = copy();
        copy.resetTimeout = Check.atLeast("resetTimeout", 1, resetTimeout);
        return copy;
    }

    /** {@return the largest multiplier: 1 or more} */
    public int resetTimeout() {
        return resetTimeout;
    }

    /**
     * How much of each wait is left to chance, so that a fleet does not come back all at once: 0.2 makes each wait 80 to
     * 100 % of what the back-off says. Drawn after the formula, so it also spreads the longest waits.
     *
     * @param jitter 0 to 1. Default: 0
     * @return a copy
     */
    public ClientOptions jitter(double jitter) {
        ClientOptions copy = copy();
        copy.jitter = Check.fraction("jitter", jitter);
        return copy;
    }

    /** {@return the share of a wait that is left to chance: 0 to 1} */
    public double jitter() {
        return jitter;
    }

    /**
     * Whether there is no wait between the servers of one pass over the list: the wait comes only when each has failed
     * since the last wait or completed exchange. It does nothing where there is one server.
     *
     * @param fastFailover true for no wait within a pass. Default: false
     * @return a copy
     */
    public ClientOptions fastFailover(boolean fastFailover) {
        ClientOptions copy = copy();
        copy.fastFailover = fastFailover;
        return copy;
    }

    /** {@return whether there is no wait within a pass over the servers} */
    public boolean fastFailover() {
        return fastFailover;
    }

    /**
     * Replaces the formula of {@link #retryDelay} and {@link #resetTimeout}.
     *
     * @param backoff the wait after so many failures. Default: {@link Backoff#linear linear(retryDelay, resetTimeout)}
     * @return a copy
     */
    public ClientOptions backoff(Backoff backoff) {
        ClientOptions copy = copy();
        copy.backoff = Check.notNull("backoff", backoff);
        return copy;
    }

    /** {@return the back-off in force: the one that was set, or the linear one of {@code retryDelay} and {@code resetTimeout}} */
    public Backoff backoff() {
        return backoff != null ? backoff : Backoff.linear(retryDelay, resetTimeout);
    }

    /**
     * Give up after so many failures in a row, over all servers.
     *
     * @param maxFailures 1 or more; 0: never. Default: 0
     * @return a copy
     */
    public ClientOptions maxFailures(int maxFailures) {
        ClientOptions copy = copy();
        copy.maxFailures = Check.atLeast("maxFailures", 0, maxFailures);
        return copy;
    }

    /** {@return after how many failures in a row to give up: 0 for never} */
    public int maxFailures() {
        return maxFailures;
    }

    /**
     * The time for all: from the client's start to the completion of its exchange, with every wait and attempt. When it is over
     * the client gives up: what runs is reset, and {@code completion()} fails with a {@link GaveUpException}. With
     * {@link Reconnect#ALWAYS} too.
     *
     * @param maxTime 0 or more; 0: any time. Default: 0
     * @return a copy
     */
    public ClientOptions maxTime(Duration maxTime) {
        ClientOptions copy = copy();
        copy.maxTime = Check.notNegative("maxTime", maxTime);
        return copy;
    }

    /** {@return the time for all: 0 for any time} */
    public Duration maxTime() {
        return maxTime;
    }

    /**
     * When the handler is called again.
     *
     * @param reconnect the mode. Default: {@link Reconnect#UNTIL_COMPLETE}
     * @return a copy
     */
    public ClientOptions reconnect(Reconnect reconnect) {
        ClientOptions copy = copy();
        copy.reconnect = Check.notNull("reconnect", reconnect);
        return copy;
    }

    /** {@return when the handler is called again} */
    public Reconnect reconnect() {
        return reconnect;
    }

    /**
     * The one deadline over an attempt to connect: the look-up of the name and the connects to all its addresses.
     *
     * @param connectTimeout more than 0. Default: 10 s
     * @return a copy
     */
    public ClientOptions connectTimeout(Duration connectTimeout) {
        ClientOptions copy = copy();
        copy.connectTimeout = Check.positive("connectTimeout", connectTimeout);
        return copy;
    }

    /** {@return the deadline of an attempt to connect: more than 0} */
    public Duration connectTimeout() {
        return connectTimeout;
    }

    /**
     * A connection on which no byte has moved in either direction for so long is lost. It also ends a write that a peer
     * stalls. It does not know why nothing moves: choose it longer than the longest silence that is all right. What the
     * system's buffers take counts as moved, so a peer that vanishes while little is written is found late.
     *
     * @param idleTimeout 0 or more; 0: none. Default: 0
     * @return a copy
     */
    public ClientOptions idleTimeout(Duration idleTimeout) {
        ClientOptions copy = copy();
        copy.idleTimeout = Check.notNegative("idleTimeout", idleTimeout);
        return copy;
    }

    /** {@return after what silence a connection is lost: 0 for never} */
    public Duration idleTimeout() {
        return idleTimeout;
    }

    /**
     * The longest header that is taken from a server. A longer one is a loss.
     *
     * @param maxHeaderBytes bytes of UTF-8, 2 or more. Default: 65,536
     * @return a copy
     */
    public ClientOptions maxHeaderBytes(int maxHeaderBytes) {
        ClientOptions copy = copy();
        copy.maxHeaderBytes = Check.atLeast("maxHeaderBytes", 2, maxHeaderBytes);
        return copy;
    }

    /** {@return the longest header that is taken: bytes} */
    public int maxHeaderBytes() {
        return maxHeaderBytes;
    }

    /**
     * Whether a server that ends without a byte has answered. Servers of this library always send a header. The original's
     * send nothing where they end without a write, and there true is right. But a balancer that accepts and finds nobody behind
     * it does the same: with false, that is a loss, and the client tries the next server.
     *
     * @param allowEmptyAnswer true: an empty answer completes the exchange. Default: false
     * @return a copy
     */
    public ClientOptions allowEmptyAnswer(boolean allowEmptyAnswer) {
        ClientOptions copy = copy();
        copy.allowEmptyAnswer = allowEmptyAnswer;
        return copy;
    }

    /** {@return whether a server that ends without a byte has answered} */
    public boolean allowEmptyAnswer() {
        return allowEmptyAnswer;
    }

    /**
     * Whether an answer whose header has the object {@code refused}, as docs/wire.md says, is the server's refusal: the
     * client then fails with a {@link RefusedException}, or comes again after the time that the server names.
     *
     * @param refusals false: such a header is one like any other. Default: true
     * @return a copy
     */
    public ClientOptions refusals(boolean refusals) {
        ClientOptions copy = copy();
        copy.refusals = refusals;
        return copy;
    }

    /** {@return whether an answer's header can be a refusal} */
    public boolean refusals() {
        return refusals;
    }

    /**
     * Whether a loss interrupts the handler, so that one that waits for something else, a queue say, hears of it. A handler
     * that takes longer than a moment, and does not read, has a second thread that waits for the peer in its place.
     *
     * @param interruptOnLoss false: a handler hears of a loss when it reads or writes. Default: true
     * @return a copy
     */
    public ClientOptions interruptOnLoss(boolean interruptOnLoss) {
        ClientOptions copy = copy();
        copy.interruptOnLoss = interruptOnLoss;
        return copy;
    }

    /** {@return whether a loss interrupts the handler} */
    public boolean interruptOnLoss() {
        return interruptOnLoss;
    }

    /**
     * Speaks TLS 1.3, and no other version. The server's certificate must be trusted by the context, and be for the
     * host that {@link #servers} names (RFC 9525). The handshake is part of an attempt to connect: if it fails the attempt
     * has failed, and it counts against {@link #connectTimeout}.
     *
     * @param tls whom to trust, and the certificate to show if the server asks for one. Its key and trust
     *     managers are not asked where a session is resumed: to change either, use {@link #tlsFrom}. Default: none, plain TCP
     * @return a copy
     * @throws IllegalArgumentException if the context has no TLS 1.3, is not initialised, or the JVM was told to answer
     *     every {@code close_notify} with one ({@code jdk.tls.acknowledgeCloseNotify}), which cuts answers short
     */
    public ClientOptions tls(SSLContext tls) {
        ClientOptions copy = copy();
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
     * @param tls gives the context. It is called once at once, to check it, then with each connection, on the client's
     *     thread; where it throws or gives null, that attempt has failed. Default: none, plain TCP
     * @return a copy
     * @throws IllegalArgumentException as {@link #tls}, of the first context
     */
    public ClientOptions tlsFrom(Supplier<SSLContext> tls) {
        ClientOptions copy = copy();
        copy.tls = Check.tlsFrom("tlsFrom", tls);
        return copy;
    }

    /** {@return what gives the context of each connection, or null for plain TCP} */
    public @Nullable Supplier<SSLContext> tlsFrom() {
        return tls;
    }

    /**
     * Gets every event, one at a time, on the client's thread: while it runs the client stands still. What it throws is
     * logged and changes nothing.
     *
     * @param listener the listener. Default: none; then failures, losses and waits are logged at INFO, a
     *     handler's own exception at ERROR, the rest at DEBUG, by the {@link System.Logger} {@code org.restream}
     * @return a copy
     */
    public ClientOptions listener(Listener<? super ClientEvent> listener) {
        ClientOptions copy = copy();
        copy.listener = Check.notNull("listener", listener);
        return copy;
    }

    /** {@return the listener, or null for none} */
    public @Nullable Listener<? super ClientEvent> listener() {
        return listener;
    }

    /**
     * Without a listener.
     *
     * @return a copy
     */
    public ClientOptions withoutListener() {
        ClientOptions copy = copy();
        copy.listener = null;
        return copy;
    }

    /**
     * Without TLS: plain TCP.
     *
     * @return a copy
     */
    public ClientOptions withoutTls() {
        ClientOptions copy = copy();
        copy.tls = null;
        return copy;
    }

    /**
     * With the original's back-off again, of {@link #retryDelay} and {@link #resetTimeout}.
     *
     * @return a copy
     */
    public ClientOptions withoutBackoff() {
        ClientOptions copy = copy();
        copy.backoff = null;
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

    private ClientOptions copy() {
        try {
            return (ClientOptions) super.clone();
        } catch (CloneNotSupportedException e) {
            throw new AssertionError(e);
        }
    }
}
