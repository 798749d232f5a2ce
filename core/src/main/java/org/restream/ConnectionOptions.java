package org.restream;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * The options that clients and servers have in common, and what makes options immutable values. The class is not public, so
 * the Javadoc of {@link ClientOptions} and {@link ServerOptions} lists these methods as their own.
 *
 * @param <T> the type that a caller sees, of which each setter returns a copy
 * @param <E> the events that a listener gets
 */
abstract sealed class ConnectionOptions<T extends ConnectionOptions<T, E>, E> implements Cloneable
        permits ReconnectOptions, AdmissionOptions {
    // Here and in the subclasses, fields are assigned only by with(), before anybody else has the copy.
    int maxHeaderBytes = 64 * 1024;
    Duration idleTimeout = Duration.ZERO;

    @Nullable
    Supplier<SSLContext> tls;

    @Nullable
    Listener<? super E> listener;

    /** Only the classes of this package are options. */
    ConnectionOptions() {}

    /**
     * Sets the longest header that is accepted from the peer. A client treats a longer one as a lost connection; a server
     * rejects it with a reset.
     *
     * @param maxHeaderBytes bytes of UTF-8, 2 or more. Default: 65,536
     * @return a copy with this value
     */
    public T maxHeaderBytes(int maxHeaderBytes) {
        return with(copy -> copy.maxHeaderBytes = Check.atLeast("maxHeaderBytes", 2, maxHeaderBytes));
    }

    /** {@return the longest header that is accepted, in bytes: 2 or more} */
    public int maxHeaderBytes() {
        return maxHeaderBytes;
    }

    /**
     * Sets how long a connection may be silent. A connection on which no byte moves in either direction for this long is lost,
     * even if a handler is waiting in a write because the peer does not read. The time-out can't tell why nothing moves, so
     * choose it longer than the longest silence that is normal, such as the time that a server needs for an answer. Bytes
     * count as moved when the operating system has taken them into its buffers, so a peer that vanishes while little is
     * written is noticed late.
     *
     * @param idleTimeout 0 or more; 0 means no limit. Default: 0
     * @return a copy with this value
     */
    public T idleTimeout(Duration idleTimeout) {
        return with(copy -> copy.idleTimeout = Check.notNegative("idleTimeout", idleTimeout));
    }

    /** {@return how long a connection may be silent before it is lost; 0 means no limit} */
    public Duration idleTimeout() {
        return idleTimeout;
    }

    /** What {@code tls(SSLContext)} does; its Javadoc is not the same for a client and a server. */
    T withTls(SSLContext context) {
        SSLContext checked = Check.tls("tls", context);
        return with(copy -> copy.tls = () -> checked);
    }

    /**
     * Returns the TLS context for the next connection. If a supplier was set with {@link #tlsFrom(Supplier)}, this calls it.
     *
     * @return the context, or null for plain TCP
     */
    public @Nullable SSLContext tls() {
        return tls == null ? null : tls.get();
    }

    /**
     * Uses TLS like {@code tls(SSLContext)}, with a context that is asked for anew for each connection. So certificates can
     * be renewed without a restart; an open connection keeps the context that it began with. This replaces a context set with
     * {@code tls(SSLContext)}, and the other way round.
     *
     * @param tls returns the context. This method calls it once, to check the context; after that it is called for each new
     *     connection, on the thread of that connection (on a client: the client's thread). If it throws or returns null,
     *     that attempt to connect has failed; on a server, that connection is rejected. Default: none, which means plain TCP
     * @return a copy with this value
     * @throws IllegalArgumentException for the same reasons as {@code tls(SSLContext)}, if the first context is not usable
     */
    public T tlsFrom(Supplier<SSLContext> tls) {
        return with(copy -> copy.tls = Check.tlsFrom("tlsFrom", tls));
    }

    /** {@return what supplies the TLS context for each connection, or null for plain TCP} */
    public @Nullable Supplier<SSLContext> tlsFrom() {
        return tls;
    }

    /**
     * Removes TLS: connections are plain TCP again.
     *
     * @return a copy without it
     */
    public T withoutTls() {
        return with(copy -> copy.tls = null);
    }

    /** {@return the listener, or null for none} */
    public @Nullable Listener<? super E> listener() {
        return listener;
    }

    /**
     * Removes the listener: events are logged again.
     *
     * @return a copy without it
     */
    public T withoutListener() {
        return with(copy -> copy.listener = null);
    }

    /**
     * {@return whether the other object is of the same class and has the same value for each option. Functions, such as a
     * listener, are equal only to themselves}
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

    /** Returns a copy, after the change was made to it. */
    T with(Consumer<? super T> change) {
        T copy = copy();
        change.accept(copy);
        return copy;
    }

    @SuppressWarnings("unchecked")
    private T copy() {
        try {
            return (T) clone();
        } catch (CloneNotSupportedException e) {
            throw new AssertionError(e);
        }
    }
}
