package org.restream.internal.session.client;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.restream.ClientEvent;
import org.restream.ClientOptions;
import org.restream.NeverStartedException;
import org.restream.ServerAddress;
import org.restream.internal.concurrent.Monitor;
import org.restream.internal.concurrent.Timer;
import org.restream.internal.link.OpenException;
import org.restream.internal.reconnect.AttemptResult;
import org.restream.internal.reconnect.ReconnectLoop;
import org.restream.internal.session.carrier.SessionLink;
import org.restream.internal.session.carrier.SessionOverException;
import org.restream.internal.session.client.DialedSession.Attached;
import org.restream.internal.text.SafeText;

/** The sessions of a client, one after another: each begins with a connection, and goes on over others until nothing lives in it. */
final class SessionRuns implements ReconnectLoop.Attempt {
    private final ClientOptions options;
    private final String name;
    private final UnaryOperator<Runnable> context;
    private final BooleanSupplier closing;
    private final Dialing dialing;
    private final SecureRandom random = new SecureRandom();
    private final Monitor monitor = new Monitor();
    private boolean begun;
    private volatile boolean idle; // the client's thread waits until a session is wanted
    /** The one that takes new exchanges; replaced under this object's lock. */
    private volatile DialedSession current;
    /** Why the only server has no sessions, as of the last attempt; null where it has, or may have. */
    private volatile @Nullable IOException without;
    /** Those that have, or had, a connection, and are not over. */
    private final Set<CarriedSession> carried = ConcurrentHashMap.newKeySet();
    /** The last one that began. */
    private volatile @Nullable CarriedSession newest;

    /**
     * @param context wraps the work of the threads that carry sessions
     * @param closing whether no exchange begins any more
     */
    SessionRuns(
            ClientOptions options,
            String name,
            Consumer<ClientEvent> events,
            UnaryOperator<Runnable> context,
            BooleanSupplier closing) {
        this.options = options;
        this.name = name;
        this.context = context;
        this.closing = closing;
        dialing = Dialing.of(options, events);
        current = new DialedSession(Timer.system(), random);
    }

    /** Opens an exchange in the session that there is, or in the next one. */
    SessionLink open() throws IOException {
        IOException known = without;
        if (known != null) {
            throw new NeverStartedException(SafeText.message(known), known);
        }
        DialedSession before = current;
        SessionLink link = openNext();
        // else the client's thread waits for the session's end
        if (idle || current != before) {
            monitor.signal();
        }
        return link;
    }

    private SessionLink openNext() throws NeverStartedException {
        while (true) {
            DialedSession asked = current;
            try {
                return asked.shared().open();
            } catch (SessionOverException e) {
                // over just now, or its server takes nothing new: what lives there goes on beside the next one
                synchronized (this) {
                    if (closing.getAsBoolean()) {
                        throw new NeverStartedException("the exchange was not started: " + e.getMessage(), e);
                    }
                    replace(asked);
                }
            }
        }
    }

    boolean isConnected() {
        CarriedSession last = newest;
        return last != null && last.isConnected();
    }

    boolean isAway() {
        CarriedSession last = newest;
        return last != null && last.isAway();
    }

    void wake() {
        monitor.signal();
    }

    /** How many exchanges live. */
    int liveCount() {
        return sessions().mapToInt(session -> session.shared().liveCount()).sum();
    }

    private Stream<DialedSession> sessions() {
        return Stream.concat(Stream.of(current), carried.stream().map(CarriedSession::session))
                .distinct();
    }

    /** Waits until nothing lives, but not for long. */
    void awaitNothing(Duration most) throws InterruptedException {
        long began = Timer.system().nanoTime();
        for (DialedSession session : sessions().toList()) {
            session.shared().awaitNothing(most.minusNanos(Timer.system().nanoTime() - began));
        }
    }

    /**
     * Ends the sessions that there are: what lives in them fails.
     *
     * @return whether a server is being told of the newest, after which that ends by itself
     */
    synchronized boolean leave(int code, IOException why) {
        DialedSession last = current;
        boolean told = false;
        for (CarriedSession each : carried) {
            boolean heard = each.leave(code, why);
            if (!heard) {
                each.interrupt();
            }
            told |= heard && each.session() == last;
        }
        boolean unused = last.shared().leave(code, why);
        return told;
    }

    /** Waits until all are over, but not for long. */
    void awaitEnded(Duration most) throws InterruptedException {
        if (!monitor.await(() -> carried.stream().allMatch(CarriedSession::isEnded), most.toNanos())) {
            carried.forEach(CarriedSession::interrupt);
        }
    }

    /** A session with nothing in it is not made again before it is wanted. */
    @Override
    public void awaitWanted() throws InterruptedException {
        if (begun) {
            // first, since whoever opens an exchange looks after that
            idle = true;
            monitor.await(() -> current.shared().liveCount() > 0 || closing.getAsBoolean());
            idle = false;
        }
        checkClosing();
    }

    /**
     * One session, from its first connection to its end, or until its server takes nothing new and another session is wanted.
     * Runs on the client's thread.
     */
    @Override
    public AttemptResult make(ServerAddress server, long number, Runnable hears) throws InterruptedException {
        DialedSession session = current;
        without = null;
        Attached attached;
        try {
            attached = dialing.begin(server, session);
        } catch (OpenException e) {
            return new AttemptResult.NotConnected(failed(session, e), e.kind());
        }
        begun = true;
        carried.removeIf(CarriedSession::isEnded);
        CarriedSession carrying = new CarriedSession(name, dialing, server, session, new Owner(session), monitor);
        carried.add(carrying);
        newest = carrying;
        hears.run();
        carrying.start(attached, context);
        monitor.await(() -> carrying.isEnded() || current != session);
        checkClosing();
        IOException failure = carrying.failure();
        if (failure == null) {
            return new AttemptResult.Completed(true, 0, 0, Duration.ZERO);
        }
        replace(session);
        return AttemptResult.sessionLost(failure);
    }

    /** What this client wants of one of its sessions. */
    private final class Owner implements CarriedSession.Owner {
        private final DialedSession session;

        Owner(DialedSession session) {
            this.session = session;
        }

        @Override
        public boolean isAlive() {
            boolean empty = session.shared().retireIfEmpty();
            if (empty) {
                replace(session);
            }
            return !empty;
        }

        @Override
        public boolean isGivenUp() {
            return false;
        }
    }

    private synchronized void replace(DialedSession session) {
        if (current == session) {
            current = new DialedSession(Timer.system(), random);
        }
    }

    private IOException failed(DialedSession session, OpenException cause) {
        // a reset may be that of a server that is about to stop: only the next attempts tell
        boolean without =
                cause instanceof NoSessionsException || (cause instanceof NoAnswerException e && e.isSilent());
        return without ? failWaiting(session, cause) : cause.told();
    }

    /** They hear so now, unless another server may do, or the only one has had sessions before and may come back. */
    private IOException failWaiting(DialedSession session, IOException cause) {
        IOException failure = new NeverStartedException(SafeText.message(cause), cause);
        if (options.servers().size() == 1 && !(begun && cause instanceof NoAnswerException)) {
            without = failure;
            replace(session);
            session.shared().end(failure);
        }
        return failure;
    }

    private void checkClosing() throws InterruptedException {
        if (closing.getAsBoolean() && liveCount() == 0) {
            throw new InterruptedException("closed");
        }
    }
}
