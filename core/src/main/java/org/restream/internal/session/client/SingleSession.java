package org.restream.internal.session.client;

import java.io.IOException;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.restream.ServerAddress;
import org.restream.internal.concurrent.Monitor;
import org.restream.internal.concurrent.Timer;
import org.restream.internal.session.carrier.SessionLink;
import org.restream.internal.session.carrier.SessionOverException;
import org.restream.internal.session.client.DialedSession.Attached;
import org.restream.internal.session.wire.ByeCode;

/**
 * A session for one exchange, which other threads run over its {@link #link}. A thread of its own carries it, from
 * connection to connection.
 */
public final class SingleSession implements CarriedSession.Owner {
    /** How long the last acknowledgements may take while there is no connection. */
    private static final Duration SETTLE_WAIT = Duration.ofSeconds(5);
    /** How long its own thread may take to end. */
    private static final Duration END_WAIT = Duration.ofSeconds(5);

    private final SessionLink link;
    private final Monitor monitor = new Monitor();
    private final CarriedSession carried;
    private volatile boolean settled;
    private volatile boolean ending;

    SingleSession(
            String name,
            Dialing dialing,
            ServerAddress server,
            DialedSession session,
            Attached first,
            UnaryOperator<Runnable> context)
            throws IOException {
        link = session.shared().open();
        link.whenSettled(why -> {
            settled = true;
            monitor.signal();
        });
        carried = new CarriedSession(name + "-session", dialing, server, session, this, monitor);
        carried.start(first, context);
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
        return carried.isRunByCaller();
    }

    @Override
    public boolean isAlive() {
        return !settled && !ending;
    }

    @Override
    public boolean isGivenUp() {
        return ending && !settled;
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
        if (!carried.leave(ByeCode.DONE, new SessionOverException("the exchange has ended"))) {
            carried.interrupt();
        }
        monitor.signal();
        if (awaitEnded() || interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** With a connection, either acknowledgements arrive or it is found to be dead. */
    private void awaitSettled() throws InterruptedException {
        while (monitor.await(() -> isOver() || carried.isConnected(), SETTLE_WAIT.toNanos()) && !isOver()) {
            monitor.await(() -> isOver() || !carried.isConnected());
        }
    }

    private boolean isOver() {
        return settled || carried.isEnded();
    }

    /** Returns whether the calling thread was interrupted meanwhile. */
    private boolean awaitEnded() {
        boolean interrupted = Thread.interrupted();
        long end = Timer.system().nanoTime() + END_WAIT.toNanos();
        while (!carried.isRunByCaller()) {
            try {
                if (!monitor.await(carried::isEnded, end - Timer.system().nanoTime())) {
                    carried.interrupt();
                }
                return interrupted;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        return interrupted;
    }
}
