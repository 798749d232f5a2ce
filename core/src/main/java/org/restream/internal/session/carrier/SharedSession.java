package org.restream.internal.session.carrier;

import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.restream.internal.concurrent.Monitor;
import org.restream.internal.concurrent.Timer;
import org.restream.internal.link.Connection;
import org.restream.internal.session.Channel;
import org.restream.internal.session.Endpoint;
import org.restream.internal.session.Session;
import org.restream.internal.session.SessionConfig;
import org.restream.internal.session.wire.ByeCode;
import org.restream.internal.session.wire.CutCode;
import org.restream.internal.text.SafeText;

/**
 * A session that many threads use: its core, which is touched under one lock only, and the connection that it has now.
 */
public final class SharedSession {
    private final SessionLock lock;
    private final Session core;
    private final boolean client;
    private final Timer timer;
    private final LiveLinks links;
    private @Nullable IOException over;
    /** A server's: nothing new is accepted. */
    private boolean going;

    private long serials;
    /** The newest one. */
    private volatile @Nullable Connection connection;

    /**
     * @param started a server: takes on an exchange that the client has opened; without a lock. The number is how many
     *     milliseconds are left for it; 0: any time
     */
    public SharedSession(SessionConfig config, Timer timer, BiConsumer<SessionLink, Integer> started) {
        this.timer = timer;
        client = config.client();
        core = new Session(
                config, (channel, deadlineMillis) -> accept(channel, deadlineMillis, started), timer::nanoTime);
        lock = new SessionLock(core.output(), timer);
        links = new LiveLinks(lock.wakes());
    }

    private Endpoint accept(Channel channel, int deadlineMillis, BiConsumer<SessionLink, Integer> started) {
        SessionLink link = new SessionLink(this, ++serials, channel);
        links.add(link);
        if (going) {
            channel.abort(CutCode.REFUSED, "the server takes no more in this session");
            channel.handlerReturned();
        } else {
            lock.wakes().after(() -> started.accept(link, deadlineMillis));
        }
        return link.endpoint();
    }

    /** A client: an exchange, which begins with what is written, or with a read. Throws where none can begin any more. */
    public SessionLink open() throws SessionOverException {
        lock.lock();
        try {
            if (over != null) {
                throw new SessionOverException(SafeText.message(over), over);
            }
            if (core.input().going() != null) {
                throw new SessionOverException("the server takes no more in this session");
            }
            SessionLink link = new SessionLink(this, ++serials, core.open());
            links.add(link);
            return link;
        } finally {
            lock.unlock();
        }
    }

    boolean isClient() {
        return client;
    }

    Session core() {
        return core;
    }

    SessionLock lock() {
        return lock;
    }

    void forget(SessionLink link) {
        links.remove(link);
        byeIfDone();
    }

    /**
     * A server takes no further exchanges, and says so. The client ends the session as soon as nothing lives in it: the server must
     * not, since an exchange may be on its way, and would have an unknown outcome.
     *
     * @param code why, one of {@link ByeCode}
     * @param grace for about how long what lives may go on
     */
    public void goAway(int code, Duration grace, String why) {
        int millis = (int) Math.min(grace.toMillis(), Integer.MAX_VALUE);
        lock.run(() -> {
            if (!going) {
                core.output().going(code, millis, why);
            }
            going = true;
        });
    }

    /** A client: ends a session in which nothing lives, and that takes nothing new. Under the lock. */
    void byeIfDone() {
        if (client && links.isEmpty() && core.input().going() != null) {
            core.output().bye(ByeCode.DONE, "");
        }
    }

    /** Waits until no exchange lives, but not for long. */
    public void awaitNothing(Duration most) throws InterruptedException {
        Monitor monitor = new Monitor();
        boolean unused = lock.asked(() -> links.whenEmpty(monitor));
        unused = monitor.await(() -> liveCount() == 0, most.toNanos());
    }

    /** Whether that is the connection that the session has now; under the lock. */
    boolean isPresent(Carrier asking) {
        return lock.carrier() == asking;
    }

    /** Another connection: the one before is fenced at once, and not waited for. */
    public void attach(Carrier next, boolean resumed, long limit, long allowed, int maxFrame) {
        Carrier before = lock.asked(() -> {
            Carrier last = lock.carrier();
            if (over == null) {
                core.disconnected();
                lock.carrier(next);
                connection = next.connection();
                core.connected(resumed, limit, allowed, maxFrame);
            }
            return last;
        });
        fence(before);
    }

    /** The connection is lost; its exchanges wait for the next one. False where it is not the present one any more. */
    boolean detach(Carrier lost) {
        return lock.asked(() -> {
            boolean present = lock.carrier() == lost;
            if (present) {
                lock.carrier(null);
                core.disconnected();
            }
            return present;
        });
    }

    /**
     * The session is over, and so is all that lives in it. Returns whether there is a connection, by which the peer is told.
     */
    public boolean leave(int code, IOException cause) {
        Carrier last = lock.asked(() -> {
            if (!isFirstEnd(cause)) {
                return null;
            }
            core.output().bye(code, SafeText.message(cause));
            return lock.carrier();
        });
        if (last != null) {
            last.closeSoon();
        }
        return last != null;
    }

    /** The session is over, and so is all that lives in it; its connection is cut. */
    public void end(IOException cause) {
        fence(end(cause, null));
    }

    private static void fence(@Nullable Carrier last) {
        if (last != null) {
            last.fenced();
        }
    }

    /** The same, where whoever ends the session closes that connection. */
    @Nullable
    Carrier end(IOException cause, @Nullable Carrier closing) {
        return lock.asked(() -> {
            if (!isFirstEnd(cause)) {
                return null;
            }
            Carrier last = lock.carrier();
            if (last != closing) {
                lock.carrier(null);
            }
            core.disconnected();
            return last;
        });
    }

    /** The session is over, unless an exchange lives in it; returns whether it is. Its connection has ended. */
    public boolean endIfNothingLives(IOException cause) {
        return lock.asked(() -> links.isEmpty() && (over != null || isFirstEnd(cause)));
    }

    private boolean isFirstEnd(IOException cause) {
        if (over != null) {
            return false;
        }
        over = cause;
        links.fail(cause);
        return true;
    }

    /** Why the session is over; null while it is not. */
    public @Nullable IOException over() {
        return lock.asked(() -> over);
    }

    /** Whether it has a connection. */
    public boolean isAttached() {
        return lock.asked(() -> lock.carrier() != null);
    }

    /** A server: the highest number that may be opened. */
    public long allowed() {
        return lock.asked(() -> core.allowed());
    }

    public long seen() {
        return lock.asked(() -> core.highest());
    }

    /** The newest connection, also where it is lost. */
    Connection newest() {
        return Objects.requireNonNull(connection, "the session has had no connection yet");
    }

    Timer timer() {
        return timer;
    }

    /** How many exchanges live. */
    public int liveCount() {
        return lock.asked(links::count);
    }
}
