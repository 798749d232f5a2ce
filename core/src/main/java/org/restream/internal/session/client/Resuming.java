package org.restream.internal.session.client;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.restream.ClientEvent;
import org.restream.ServerAddress;
import org.restream.internal.concurrent.Monitor;
import org.restream.internal.concurrent.Timer;
import org.restream.internal.link.Connection;
import org.restream.internal.net.Connector;
import org.restream.internal.session.carrier.SessionOverException;
import org.restream.internal.session.client.DialedSession.Attached;
import org.restream.internal.session.wire.RefuseCode;
import org.restream.internal.text.Durations;

/** One loss, and the attempts to come back after it, for as long as the server keeps the session. */
final class Resuming {
    /** Throws where nobody wants the session any more. */
    interface Check {
        void run() throws InterruptedException;
    }

    private final ServerAddress server;
    private final DialedSession session;
    private final IOException why;
    private final Connector connector;
    private final Monitor monitor;
    private final Consumer<ClientEvent> events;
    private final Check wanted;
    private final long lost = Timer.system().nanoTime();
    private final ResumeSchedule schedule =
            new ResumeSchedule(() -> ThreadLocalRandom.current().nextDouble());

    /**
     * @param why the connection was lost
     * @param monitor is signalled when the session may be over, or not wanted
     */
    Resuming(
            ServerAddress server,
            DialedSession session,
            IOException why,
            Connector connector,
            Monitor monitor,
            Consumer<ClientEvent> events,
            Check wanted) {
        this.server = server;
        this.session = session;
        this.why = why;
        this.connector = connector;
        this.monitor = monitor;
        this.events = events;
        this.wanted = wanted;
    }

    /** Null where the session is over. */
    @Nullable
    Attached run() throws InterruptedException {
        while (true) {
            Duration wait = schedule.next();
            if (session.keep().minus(elapsed()).compareTo(wait) <= 0) {
                end("the server could not be reached again within " + Durations.text(session.keep()), why);
                return null;
            }
            boolean unused = monitor.await(() -> isOver(), wait.toNanos());
            wanted.run();
            Attached attached = isOver() ? null : attempt();
            if (attached != null || isOver()) {
                return attached;
            }
        }
    }

    private boolean isOver() {
        return session.shared().over() != null;
    }

    private Duration elapsed() {
        return Duration.ofNanos(Timer.system().nanoTime() - lost);
    }

    private @Nullable Attached attempt() throws InterruptedException {
        Connection made = null;
        try {
            made = connector.connect(server);
            Attached attached = session.resume(made, elapsed().toMillis());
            events.accept(new ClientEvent.Resumed(server, session.name(), session.epoch(), elapsed()));
            return attached;
        } catch (RefusedSessionException e) {
            refused(e);
        } catch (NoSessionsException e) {
            end(server + ": " + e.getMessage(), e);
        } catch (IOException e) {
            events.accept(new ClientEvent.Failed(server, session.epoch(), 0, e));
        }
        if (made != null) {
            made.abort();
        }
        return null;
    }

    private void refused(RefusedSessionException e) {
        String code = e.refusal().code();
        if (code.equals(RefuseCode.BUSY)) {
            // it may have room at the next attempt
            return;
        }
        boolean anew = code.equals(RefuseCode.UNKNOWN_SESSION)
                && !session.isIn(e.refusal().memory());
        end(server + ": " + e.getMessage() + (anew ? " (the server was started anew)" : ""), e);
    }

    private void end(String message, IOException cause) {
        session.shared().end(new SessionOverException(message, cause));
    }
}
