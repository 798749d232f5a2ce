package org.restream.internal.session.client;

import java.io.IOException;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.restream.ClientEvent;
import org.restream.ServerAddress;
import org.restream.internal.concurrent.Monitor;
import org.restream.internal.concurrent.OwnThread;
import org.restream.internal.concurrent.Threads;
import org.restream.internal.session.carrier.SessionOverException;
import org.restream.internal.session.client.DialedSession.Attached;
import org.restream.internal.session.wire.ByeCode;

/** A session on a thread of its own, which goes with it from connection to connection until it is over. */
final class CarriedSession {
    /** Who has made the session. */
    interface Owner {
        /** After a loss: whether anything lives in it. Where nothing does, nothing may begin in it any more. */
        boolean isAlive();

        /** Whether nobody wants it any more, whatever lives in it. */
        boolean isGivenUp();
    }

    private final String name;
    private final Dialing dialing;
    private final ServerAddress server;
    private final DialedSession session;
    private final Owner owner;
    private final Monitor monitor;
    private final OwnThread carrying = new OwnThread();
    private volatile boolean connected = true;
    private volatile boolean away;
    /** Nothing lives in it, and it comes back only to say so. */
    private volatile boolean parting;

    private volatile boolean ended;
    private volatile @Nullable IOException failure;

    /**
     * @param server where it has begun
     * @param monitor is signalled when it is connected, or not any more, and when it is over
     */
    CarriedSession(
            String name, Dialing dialing, ServerAddress server, DialedSession session, Owner owner, Monitor monitor) {
        this.name = name;
        this.dialing = dialing;
        this.server = server;
        this.session = session;
        this.owner = owner;
        this.monitor = monitor;
    }

    void start(Attached first, UnaryOperator<Runnable> context) {
        dialing.events().accept(new ClientEvent.SessionOpened(server, session.name()));
        try {
            Threads.run(name + "-carrier", context.apply(() -> carry(first)));
        } catch (Throwable e) {
            // no thread can be made
            dialing.events().accept(new ClientEvent.SessionEnded(server, session.name()));
            ended = true;
            throw e;
        }
    }

    DialedSession session() {
        return session;
    }

    boolean isConnected() {
        return connected;
    }

    boolean isAway() {
        return away;
    }

    boolean isEnded() {
        return ended;
    }

    /** Why it could not come back; null where it did not have to, or has not ended. */
    @Nullable
    IOException failure() {
        return failure;
    }

    boolean isRunByCaller() {
        return carrying.isCaller();
    }

    /** Ends what it waits for; a listener of events is not interrupted. */
    void interrupt() {
        carrying.interrupt();
    }

    /**
     * Ends it: what lives in it fails.
     *
     * @return whether the server is being told, after which it ends by itself
     */
    boolean leave(int code, IOException why) {
        return parting || session.shared().leave(code, why);
    }

    private void carry(Attached first) {
        IOException why = new IOException("the session's thread has failed");
        carrying.attach();
        try {
            Attached present = first;
            while (present != null) {
                why = present.run();
                connected = false;
                monitor.signal();
                present = next(why);
            }
        } catch (InterruptedException e) {
            why = new IOException("the session was closed");
        } finally {
            session.shared().end(why);
            report(new ClientEvent.SessionEnded(server, session.name()));
            carrying.detach();
            ended = true;
            monitor.signal();
        }
    }

    private @Nullable Attached next(IOException why) throws InterruptedException {
        if (session.shared().over() != null) {
            return null;
        }
        return owner.isAlive() ? resume(why) : part(why);
    }

    private @Nullable Attached resume(IOException why) throws InterruptedException {
        away = true;
        try {
            report(new ClientEvent.Away(server, session.name(), why));
            Attached next = resuming(why, this::report).run();
            connected = next != null;
            failure = next != null ? null : session.shared().over();
            return next;
        } finally {
            away = false;
            monitor.signal();
        }
    }

    /**
     * The last acknowledgements may be lost. The server, which would keep its answers and take them for undelivered, is told that
     * all has ended; one attempt has to do.
     */
    private @Nullable Attached part(IOException why) throws InterruptedException {
        if (parting || session.shared().seen() == 0 || session.keep().isZero()) {
            return null;
        }
        parting = true;
        Attached last = resuming(why, event -> {}).once();
        if (last != null) {
            boolean unused =
                    session.shared().leave(ByeCode.DONE, new SessionOverException("nothing lived in the session"));
        }
        return last;
    }

    private Resuming resuming(IOException why, Consumer<ClientEvent> events) {
        return new Resuming(dialing, server, session, why, monitor, events, () -> {
            if (owner.isGivenUp()) {
                throw new InterruptedException("the session was closed");
            }
        });
    }

    /** A listener is the user's: an interrupt is not meant for it. What is missed here is seen before the next wait. */
    private void report(ClientEvent event) {
        carrying.shield();
        try {
            dialing.events().accept(event);
        } finally {
            Thread.interrupted();
            carrying.attach();
        }
    }
}
