package org.restream.internal.session.client;

import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.restream.ClientEvent;
import org.restream.ServerAddress;
import org.restream.internal.concurrent.Monitor;
import org.restream.internal.concurrent.Timer;
import org.restream.internal.link.Connection;
import org.restream.internal.link.OpenException;
import org.restream.internal.session.carrier.SessionOverException;
import org.restream.internal.session.client.DialedSession.Attached;
import org.restream.internal.session.wire.Hello;
import org.restream.internal.session.wire.RefuseCode;
import org.restream.internal.text.Durations;

/** One loss, and the attempts to come back after it, for as long as the server keeps the session. */
final class Resuming {
    /** Throws where nobody wants the session any more. */
    interface Check {
        void run() throws InterruptedException;
    }

    private final Dialing dialing;
    private final ResumeServers servers;
    private final DialedSession session;
    private final IOException why;
    private final Monitor monitor;
    private final Consumer<ClientEvent> events;
    private final Check wanted;
    private final long lost = Timer.system().nanoTime();
    private final Duration keep;
    /** What the last refusal has asked for. */
    private Duration pause = Duration.ZERO;

    /**
     * @param home where the session has begun
     * @param why the connection was lost
     * @param monitor is signalled when the session may be over, or not wanted
     */
    Resuming(
            Dialing dialing,
            ServerAddress home,
            DialedSession session,
            IOException why,
            Monitor monitor,
            Consumer<ClientEvent> events,
            Check wanted) {
        this.dialing = dialing;
        this.session = session;
        this.why = why;
        this.monitor = monitor;
        this.events = events;
        this.wanted = wanted;
        servers = new ResumeServers(home, dialing.servers());
        keep = session.keep();
    }

    /** Null where the session is over. */
    @Nullable
    Attached run() throws InterruptedException {
        session.schedule().lost(session.shared().progress());
        boolean first = true;
        while (true) {
            Duration left = keep.minus(elapsed());
            Duration wait = longer(session.schedule().next(), pause);
            if (first && wait.compareTo(left) >= 0 && pause.isZero()) {
                // the losses before this one have made it that long
                wait = left.dividedBy(2);
            }
            first = false;
            if (left.compareTo(wait) <= 0) {
                end("the server could not be reached again within " + Durations.text(keep), why);
                return null;
            }
            boolean unused = monitor.await(() -> isOver(), wait.toNanos());
            Attached attached = once();
            if (attached != null || isOver()) {
                return attached;
            }
        }
    }

    /** One attempt; null where it has failed. */
    @Nullable
    Attached once() throws InterruptedException {
        wanted.run();
        return isOver() ? null : attempt(servers.next());
    }

    private static Duration longer(Duration a, Duration b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    private boolean isOver() {
        return session.shared().over() != null;
    }

    private Duration elapsed() {
        return Duration.ofNanos(Timer.system().nanoTime() - lost);
    }

    private @Nullable Attached attempt(ServerAddress server) throws InterruptedException {
        Connection made = null;
        pause = Duration.ZERO;
        try {
            made = dialing.connector().connect(server);
            Attached attached = session.resume(made, elapsed().toMillis());
            events.accept(new ClientEvent.Resumed(server, session.name(), session.epoch(), elapsed()));
            return attached;
        } catch (RefusedSessionException e) {
            refused(server, e);
        } catch (WrongServerException e) {
            end(server + ": " + e.getMessage(), e);
        } catch (OpenException e) {
            if (e instanceof NoSessionsException no && no.isPlain()) {
                end(server + ": " + e.getMessage(), e);
            } else {
                // an answer of something on the way says nothing of the session
                servers.unknown();
                failed(server, e.told());
            }
        } catch (IOException e) {
            servers.unknown();
            failed(server, e);
        }
        if (made != null) {
            made.abort();
        }
        return null;
    }

    private void failed(ServerAddress server, IOException cause) {
        events.accept(new ClientEvent.ResumeFailed(server, session.name(), session.epoch(), cause));
    }

    private void refused(ServerAddress server, RefusedSessionException e) {
        Hello.Refuse refusal = e.refusal();
        if (refusal.code().equals(RefuseCode.UNKNOWN_SESSION) && !session.isIn(refusal.memory())) {
            if (servers.isNowhere()) {
                end(server + ": " + e.getMessage() + " (the server was started anew)", e);
            } else {
                failed(server, e);
            }
        } else if (refusal.code().equals(RefuseCode.BUSY) || refusal.retryMillis() >= 0) {
            servers.unknown();
            pause = Duration.ofMillis(Math.max(0, refusal.retryMillis()));
            failed(server, e);
        } else {
            end(server + ": " + e.getMessage(), e);
        }
    }

    private void end(String message, IOException cause) {
        session.shared().end(new SessionOverException(message, cause));
    }
}
