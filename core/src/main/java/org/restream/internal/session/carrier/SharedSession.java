package org.restream.internal.session.carrier;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
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
import org.restream.internal.session.wire.Hello;
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
    private final Leaving leaving;
    private final SessionEnd end;
    private long serials;
    /** The newest one. */
    private volatile @Nullable Connection connection;

    /**
     * @param started a server: takes on an exchange that the client has opened; without a lock. The number is how many
     *     milliseconds are left for it; 0: any time
     */
    public SharedSession(
            SessionConfig config, Allowance allowance, Timer timer, BiConsumer<SessionLink, Integer> started) {
        this.timer = timer;
        client = config.client();
        core = new Session(
                config,
                allowance.places(),
                allowance.memory(),
                (channel, deadlineMillis) -> accept(channel, deadlineMillis, started),
                timer::nanoTime);
        lock = new SessionLock(core.output(), timer);
        links = new LiveLinks(lock.wakes(), allowance.stallTimeout().toNanos());
        leaving = new Leaving(core, links, client);
        end = new SessionEnd(lock, core, links);
    }

    private Endpoint accept(Channel channel, int deadlineMillis, BiConsumer<SessionLink, Integer> started) {
        SessionLink link = new SessionLink(this, ++serials, channel);
        links.add(link);
        if (leaving.isGoing()) {
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
            IOException over = end.over();
            if (over != null) {
                throw new SessionOverException(SafeText.message(over), over);
            }
            if (leaving.isRetired()) {
                throw new SessionOverException("nothing lived in the session");
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

    /** A client: whether nothing lives in it; then nothing begins in it any more. */
    public boolean retireIfEmpty() {
        return lock.asked(leaving::retireIfEmpty);
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
        leaving.byeIfDone();
    }

    /**
     * A server takes no further exchanges, and says so.
     *
     * @param code why, one of {@link ByeCode}
     * @param grace for about how long what lives may go on
     */
    public void goAway(int code, Duration grace, String why) {
        int millis = (int) Math.min(grace.toMillis(), Integer.MAX_VALUE);
        lock.run(() -> {
            leaving.begin(code, millis, why);
        });
    }

    /** What is due waits for more, until {@link #release}. */
    public void hold() {
        lock.hold();
    }

    /** What is due is sent. */
    public void release() {
        lock.release();
    }

    Leaving leaving() {
        return leaving;
    }

    /** Waits until no exchange lives, but not for long. */
    public void awaitNothing(Duration most) throws InterruptedException {
        Monitor monitor = new Monitor();
        boolean unused = lock.asked(() -> links.whenEmpty(monitor));
        unused = monitor.await(() -> liveCount() == 0, most.toNanos());
    }

    LiveLinks links() {
        return links;
    }

    /** It is larger than before if anything has moved since: bytes in either direction, or the end of an exchange. */
    public long progress() {
        return lock.asked(links::progress);
    }

    /** Whether that is the connection that the session has now; under the lock. */
    boolean isPresent(Carrier asking) {
        return lock.carrier() == asking;
    }

    /** Another connection: the one before is fenced at once, and not waited for. */
    public void attach(Carrier next, boolean resumed, long limit, long allowed, int maxFrame) {
        Carrier before = lock.asked(() -> {
            Carrier last = lock.carrier();
            if (end.over() == null) {
                core.disconnected();
                lock.carrier(next);
                connection = next.connection();
                core.connected(resumed, limit, allowed, maxFrame);
                links.watchAnew();
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

    /** The session is over, and so is all that lives in it. Returns whether there is a connection, by which the peer is told. */
    public boolean leave(int code, IOException cause) {
        return end.leave(code, cause);
    }

    /** The session is over, and so is all that lives in it; its connection is cut. */
    public void end(IOException cause) {
        fence(end.end(cause, null));
    }

    private static void fence(@Nullable Carrier last) {
        if (last != null) {
            last.fenced();
        }
    }

    /** How it ends. */
    SessionEnd ending() {
        return end;
    }

    /** A server: what becomes of its exchanges if it ends now. */
    public List<Hello.Left> left() {
        return lock.asked(links::left);
    }

    /** Why the session is over; null while it is not. */
    public @Nullable IOException over() {
        return lock.asked(end::over);
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
