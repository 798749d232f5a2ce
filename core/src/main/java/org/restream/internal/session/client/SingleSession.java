package org.restream.internal.session.client;

import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.restream.ClientEvent;
import org.restream.ServerAddress;
import org.restream.internal.concurrent.Monitor;
import org.restream.internal.concurrent.OwnThread;
import org.restream.internal.concurrent.Threads;
import org.restream.internal.concurrent.Timer;
import org.restream.internal.net.Connector;
import org.restream.internal.session.carrier.SessionLink;
import org.restream.internal.session.carrier.SessionOverException;
import org.restream.internal.session.client.DialedSession.Attached;
import org.restream.internal.session.wire.ByeCode;

/**
 * A session for one exchange, which other threads run over its {@link #link}. A thread of its own carries it, from
 * connection to connection.
 */
public final class SingleSession {
    /** How long the last acknowledgements may take while there is no connection. */
    private static final Duration SETTLE_WAIT = Duration.ofSeconds(5);
    /** How long its own thread may take to end. */
    private static final Duration END_WAIT = Duration.ofSeconds(5);

    private final String name;
    private final ServerAddress server;
    private final DialedSession session;
    private final Attached first;
    private final Connector connector;
    private final Consumer<ClientEvent> events;
    private final SessionLink link;
    private final Monitor monitor = new Monitor();
    private final OwnThread carrying = new OwnThread();
    private volatile boolean connected = true;
    private volatile boolean settled;
    private volatile boolean ending;
    private volatile boolean ended;

    SingleSession(
            String name,
            ServerAddress server,
            DialedSession session,
            Attached first,
            Connector connector,
            Consumer<ClientEvent> events,
            UnaryOperator<Runnable> context)
            throws IOException {
        this.name = name;
        this.server = server;
        this.session = session;
        this.first = first;
        this.connector = connector;
        this.events = events;
        link = session.shared().open();
        link.whenSettled(why -> {
            settled = true;
            monitor.signal();
        });
        events.accept(new ClientEvent.SessionOpened(server, session.name()));
        try {
            Threads.run(name + "-session", context.apply(this::carry));
        } catch (Throwable e) {
            // no thread can be made
            events.accept(new ClientEvent.SessionEnded(server, session.name()));
            throw e;
        }
    }

    /** The exchange. */
    public SessionLink link() {
        return link;
    }

    /** What the server or the session's end has done to the exchange; null if they have done nothing. */
    public @Nullable IOException failure(Throwable cause) {
        return LinkFailure.byOther(link, cause);
    }

    /** Whether the calling thread is its own, which runs listeners of events. */
    public boolean isRunByCaller() {
        return carrying.isCaller();
    }

    private void carry() {
        IOException why = new IOException("the session's thread has failed");
        carrying.attach();
        try {
            Attached present = first;
            while (present != null) {
                why = present.run(name);
                connected = false;
                monitor.signal();
                present = ending || settled ? null : resume(why);
            }
        } catch (InterruptedException e) {
            why = new IOException("the session was closed");
        } finally {
            session.shared().end(why);
            events.accept(new ClientEvent.SessionEnded(server, session.name()));
            carrying.detach();
            ended = true;
            monitor.signal();
        }
    }

    private @Nullable Attached resume(IOException why) throws InterruptedException {
        if (session.shared().over() != null) {
            return null;
        }
        events.accept(new ClientEvent.Away(server, session.name(), why));
        Attached next = new Resuming(server, session, why, connector, monitor, events, this::checkWanted).run();
        connected = next != null;
        monitor.signal();
        return next;
    }

    private void checkWanted() throws InterruptedException {
        if (ending) {
            throw new InterruptedException("the session was closed");
        }
    }

    /**
     * Ends it, after the exchange. Waits until the server knows about the end, but not for long if there is no connection.
     *
     * @param complete whether the exchange is complete, so that only acknowledgements are missing
     */
    public void end(boolean complete) {
        boolean interrupted = false;
        try {
            if (complete) {
                awaitSettled();
            }
        } catch (InterruptedException e) {
            interrupted = true;
        }
        ending = true;
        if (!session.shared().leave(ByeCode.DONE, new SessionOverException("the exchange has ended"))) {
            carrying.interrupt();
        }
        monitor.signal();
        if (awaitEnded() || interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** With a connection, either acknowledgements arrive or it is found to be dead. */
    private void awaitSettled() throws InterruptedException {
        while (monitor.await(() -> isOver() || connected, SETTLE_WAIT.toNanos()) && !isOver()) {
            monitor.await(() -> isOver() || !connected);
        }
    }

    private boolean isOver() {
        return settled || ended;
    }

    /** Returns whether the calling thread was interrupted meanwhile. */
    private boolean awaitEnded() {
        boolean interrupted = Thread.interrupted();
        long end = Timer.system().nanoTime() + END_WAIT.toNanos();
        while (!carrying.isCaller()) {
            try {
                if (!monitor.await(() -> ended, end - Timer.system().nanoTime())) {
                    carrying.interrupt();
                }
                return interrupted;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        return interrupted;
    }
}
