package org.restream.internal.session.host;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.restream.internal.concurrent.Timer;
import org.restream.internal.link.Connection;
import org.restream.internal.link.Peer;
import org.restream.internal.session.carrier.Carrier;
import org.restream.internal.session.carrier.SharedSession;
import org.restream.internal.session.wire.SessionId;
import org.restream.internal.session.wire.SessionKey;

/** One session of a server: who may come back to it, and how long it waits for them. */
public final class HostedSession implements Peer {
    private final SessionId id;
    private final SessionKey key;
    private final byte @Nullable [] identity;
    private final boolean secure;
    private final Duration keep;
    private final long window;
    private final int maxFrame;
    private final Timer timer;
    private final MemoryLedger.Account memory;
    /** Where it was made, as the limits of addresses count it. */
    private final Object network;
    /** How many of each address wait. */
    private final Tally away;

    private final Takeovers takeovers = new Takeovers();
    private @Nullable SharedSession shared;
    private volatile InetSocketAddress peer;
    private volatile Optional<X509Certificate> certificate;
    /** That of the newest connection that has proved itself. */
    private long epoch;

    /** It has had a connection, and has none. */
    private boolean waiting;

    private final AtomicBoolean ending = new AtomicBoolean();
    private long awaySince;
    private Timer.Task expiry = Timer.Task.NONE;

    HostedSession(
            SessionId id,
            SessionKey key,
            Connection connection,
            Duration keep,
            long window,
            int maxFrame,
            MemoryLedger.Account memory,
            Tally away,
            Timer timer) {
        this.id = id;
        this.key = key;
        this.keep = keep;
        this.window = window;
        this.maxFrame = maxFrame;
        this.memory = memory;
        this.away = away;
        this.timer = timer;
        certificate = connection.peerCertificate();
        identity = identity(certificate);
        secure = connection.isSecure();
        peer = connection.peer();
        network = NetworkKey.of(peer.getAddress());
        epoch = 1;
    }

    void share(SharedSession made) {
        shared = made;
    }

    /** What its exchanges share. */
    public SharedSession shared() {
        SharedSession made = shared;
        if (made == null) {
            throw new IllegalStateException("the session is not made yet");
        }
        return made;
    }

    SessionId id() {
        return id;
    }

    SessionKey key() {
        return key;
    }

    Duration keep() {
        return keep;
    }

    Object network() {
        return network;
    }

    /** The key of the client's certificate, where it has shown one. */
    @Nullable
    Object identity() {
        return identity == null ? null : ByteBuffer.wrap(identity);
    }

    /** Its name for people, which lets nobody in. */
    public String name() {
        return id.shortText();
    }

    /** The client's address, as of its newest connection. */
    @Override
    public InetSocketAddress peer() {
        return peer;
    }

    @Override
    public Optional<X509Certificate> peerCertificate() {
        return certificate;
    }

    /** The key of the certificate that a connection's client has shown; null where it has shown none. */
    static @Nullable Object identityOf(Connection connection) {
        byte[] key = identity(connection.peerCertificate());
        return key == null ? null : ByteBuffer.wrap(key);
    }

    /** Whether a connection comes from the same client, as far as TLS tells. */
    boolean isSameIdentity(Connection connection) {
        return secure == connection.isSecure() && Arrays.equals(identity, identity(connection.peerCertificate()));
    }

    private static byte @Nullable [] identity(Optional<X509Certificate> shown) {
        return shown.map(certificate -> certificate.getPublicKey().getEncoded()).orElse(null);
    }

    /** Whether it may be taken from a connection that seems to live, once more. */
    synchronized boolean mayBeTaken() {
        return !shared().isAttached() || takeovers.mayBe(timer.nanoTime());
    }

    /** Whether a connection with that epoch takes the session over: no other has come since the client made it. */
    synchronized boolean claim(long next) {
        if (next <= epoch) {
            return false;
        }
        epoch = next;
        return true;
    }

    /** Gives it the connection that has claimed it; false where another has since. */
    synchronized boolean attach(Carrier carrier, long claimed, boolean resumed) {
        if (claimed != epoch) {
            return false;
        }
        stopWaiting();
        peer = carrier.connection().peer();
        certificate = carrier.connection().peerCertificate();
        shared().attach(carrier, resumed, window, 0, maxFrame);
        return true;
    }

    private void stopWaiting() {
        expiry.cancel();
        if (waiting) {
            away.add(network, -1);
        }
        waiting = false;
    }

    /**
     * A connection of it is lost: it waits for another, but not for ever. An attempt to come back that fails gives it no more time.
     *
     * @return whether it waits from now on: not where it has another connection, or has waited before
     */
    synchronized boolean lost(Runnable expired) {
        if (waiting || isEnding() || shared().isAttached()) {
            return false;
        }
        waiting = true;
        away.add(network, 1);
        awaySince = timer.nanoTime();
        expiry = timer.after(keep, expired);
        return true;
    }

    /** Whether it waits for a client that may have nothing to come back to. */
    synchronized boolean isEmptyAndWaiting() {
        return waiting && shared().liveCount() == 0;
    }

    /** Whether the caller is the one that ends it. */
    boolean beginEnd() {
        return ending.compareAndSet(false, true);
    }

    /** Whether it is over, or about to be. */
    boolean isEnding() {
        return ending.get();
    }

    /** It is over. The client is told, if it is there. */
    void end(int code, IOException why) {
        synchronized (this) {
            stopWaiting();
        }
        boolean unused = shared().leave(code, why);
        memory.close();
    }

    /** For how long it had no connection. */
    synchronized long awayMillis() {
        return !waiting ? 0 : (timer.nanoTime() - awaySince) / 1_000_000;
    }
}
