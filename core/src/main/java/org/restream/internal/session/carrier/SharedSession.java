package org.restream.internal.session.carrier;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
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
 * A session that many threads use: its core, which is touched under one lock only, and the connection that it has now. Nobody does
 * I/O or calls foreign code under that lock; whom a change wakes is woken after it.
 */
public final class SharedSession {
    /** What may wait for company goes out alone after this. */
    private static final Duration ACK_DELAY = Duration.ofMillis(25);

    private final BriefLock lock = new BriefLock();
    private final Session core;
    private final boolean client;
    private final Timer timer;
    private final Set<SessionLink> links = new HashSet<>();
    private @Nullable Carrier carrier;
    private @Nullable IOException over;
    private @Nullable Monitor emptied;
    private boolean flushing;
    /** A server's: nothing new is accepted. */
    private boolean going;

    private long serials;
    /** The newest one. */
    private volatile @Nullable Connection connection;

    private final Wakes wakes = new Wakes();

    /**
     * @param started a server: takes on an exchange that the client has opened; without a lock. The number is how many
     *     milliseconds are left for it; 0: any time
     */
    public SharedSession(SessionConfig config, Timer timer, BiConsumer<SessionLink, Integer> started) {
        this.timer = timer;
        client = config.client();
        core = new Session(
                config, (channel, deadlineMillis) -> accept(channel, deadlineMillis, started), timer::nanoTime);
    }

    private Endpoint accept(Channel channel, int deadlineMillis, BiConsumer<SessionLink, Integer> started) {
        SessionLink link = new SessionLink(this, ++serials);
        link.attach(channel);
        links.add(link);
        if (going) {
            channel.abort(CutCode.REFUSED, "the server takes no more in this session");
            channel.handlerReturned();
            return link;
        }
        after(() -> started.accept(link, deadlineMillis));
        return link;
    }

    /** A client: an exchange, which begins with what is written, or with a read. */
    public SessionLink open() throws SessionOverException {
        lock();
        try {
            SessionLink link = new SessionLink(this, ++serials);
            if (over != null) {
                throw new SessionOverException(SafeText.message(over), over);
            }
            link.attach(core.open(link));
            links.add(link);
            return link;
        } finally {
            unlock();
        }
    }

    boolean isClient() {
        return client;
    }

    long nanoTime() {
        return timer.nanoTime();
    }

    Session core() {
        return core;
    }

    void lock() {
        lock.lock();
    }

    /**
     * Lets go of the lock, and then wakes whom the changes have made ready: first those who may have more to send, then who sends.
     */
    void unlock() {
        Carrier now = carrier;
        Carrier writing = now != null && now.wantsWriter() ? now : null;
        boolean arm = now != null && !flushing && core.output().isDelayed();
        flushing |= arm;
        Wakes taken = wakes.take();
        lock.unlock();
        if (taken != null) {
            taken.run();
        }
        if (writing != null) {
            writing.wakeWriter();
        }
        if (arm) {
            timer.after(ACK_DELAY, this::flush);
        }
    }

    private void flush() {
        lock();
        flushing = false;
        core.output().releaseDelayed();
        unlock();
    }

    /** Under the lock: has the thread look again, after it. */
    void wake(Thread thread) {
        wakes.wake(thread);
    }

    /** Under the lock: has something run after it. */
    void after(Runnable run) {
        wakes.after(run);
    }

    void forget(SessionLink link) {
        links.remove(link);
        if (links.isEmpty()) {
            if (emptied != null) {
                after(emptied::signal);
            }
            byeIfDone();
        }
    }

    /**
     * A server takes no further exchanges, and says so. The client ends the session as soon as nothing lives in it: the server must
     * not, since an exchange may be on its way, and would have an unknown outcome.
     *
     * @param code why, one of {@link ByeCode}
     * @param grace for about how long what lives may go on
     */
    public void goAway(int code, Duration grace, String why) {
        lock();
        try {
            if (!going) {
                going = true;
                core.output().going(code, (int) Math.min(grace.toMillis(), Integer.MAX_VALUE), why);
            }
        } finally {
            unlock();
        }
    }

    /** A client: ends a session in which nothing lives, and that takes nothing new. Under the lock. */
    void byeIfDone() {
        if (client && links.isEmpty() && core.input().going() != null) {
            core.output().bye(ByeCode.DONE, "");
        }
    }

    /** Whether the peer takes no further exchanges. */
    public boolean isPeerGoing() {
        return asked(() -> core.input().going() != null);
    }

    /** Waits until no exchange lives, but not for long. */
    public void awaitNothing(Duration most) throws InterruptedException {
        Monitor monitor = new Monitor();
        lock();
        emptied = monitor;
        unlock();
        boolean unused = monitor.await(() -> liveCount() == 0, most.toNanos());
    }

    /** Whether that is the connection that the session has now; under the lock. */
    boolean isPresent(Carrier asking) {
        return carrier == asking;
    }

    /** Another connection: the one before is fenced at once, and not waited for. */
    public void attach(Carrier next, boolean resumed, long limit, long allowed, int maxFrame) {
        lock();
        Carrier before = carrier;
        try {
            if (over == null) {
                // one that was not lost, or not yet
                core.disconnected();
                carrier = next;
                connection = next.connection();
                core.connected(resumed, limit, allowed, maxFrame);
            }
        } finally {
            unlock();
        }
        if (before != null) {
            before.fenced();
        }
    }

    /** The connection is lost; its exchanges wait for the next one. Returns false where it is not the present one any more. */
    boolean detach(Carrier lost) {
        lock();
        try {
            if (carrier != lost) {
                return false;
            }
            carrier = null;
            core.disconnected();
            return true;
        } finally {
            unlock();
        }
    }

    /**
     * The session is over, and so is all that lives in it. The peer is told, if there is a connection; that is closed a moment
     * later.
     *
     * @return whether there is one
     */
    public boolean leave(int code, IOException cause) {
        Carrier last;
        lock();
        try {
            if (over != null) {
                return false;
            }
            over = cause;
            last = carrier;
            core.output().bye(code, SafeText.message(cause));
            fail(cause);
        } finally {
            unlock();
        }
        if (last != null) {
            last.closeSoon();
        }
        return last != null;
    }

    private void fail(IOException cause) {
        new ArrayList<>(links).forEach(link -> link.sessionEnded(cause));
        links.clear();
        if (emptied != null) {
            after(emptied::signal);
        }
    }

    /** The session is over, and so is all that lives in it; its connection is cut. */
    public void end(IOException cause) {
        Carrier last = end(cause, null);
        if (last != null) {
            last.fenced();
        }
    }

    /** The same, where that connection is closed by whoever ends the session. */
    @Nullable
    Carrier end(IOException cause, @Nullable Carrier closing) {
        lock();
        try {
            if (over != null) {
                return null;
            }
            over = cause;
            Carrier last = carrier;
            if (last != closing) {
                carrier = null;
            }
            core.disconnected();
            fail(cause);
            return last;
        } finally {
            unlock();
        }
    }

    /** Why the session is over; null while it is not. */
    public @Nullable IOException over() {
        return asked(() -> over);
    }

    /** What that says, under the lock. */
    <T extends @Nullable Object> T asked(Supplier<T> what) {
        lock();
        try {
            return what.get();
        } finally {
            unlock();
        }
    }

    /** Whether it has a connection. */
    public boolean isAttached() {
        return asked(() -> carrier != null);
    }

    /** A server: the highest number that may be opened. */
    public long allowed() {
        return asked(() -> core.allowed());
    }

    /** A server: the highest number that was seen. */
    public long seen() {
        return asked(() -> core.highest());
    }

    /** The address of the other end of the newest connection. */
    InetSocketAddress peer() {
        return newest().peer();
    }

    Optional<X509Certificate> peerCertificate() {
        return newest().peerCertificate();
    }

    private Connection newest() {
        Connection newest = connection;
        if (newest == null) {
            throw new IllegalStateException("the session has had no connection yet");
        }
        return newest;
    }

    Timer timer() {
        return timer;
    }

    /** How many exchanges live. */
    public int liveCount() {
        return asked(() -> links.size());
    }
}
