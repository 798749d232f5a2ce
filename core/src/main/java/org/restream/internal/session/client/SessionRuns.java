package org.restream.internal.session.client;

import java.io.IOException;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.restream.ClientEvent;
import org.restream.ClientOptions;
import org.restream.NeverStartedException;
import org.restream.ServerAddress;
import org.restream.internal.concurrent.Monitor;
import org.restream.internal.concurrent.Timer;
import org.restream.internal.link.Connection;
import org.restream.internal.net.Connector;
import org.restream.internal.net.Lookup;
import org.restream.internal.reconnect.AttemptResult;
import org.restream.internal.session.carrier.SessionLink;
import org.restream.internal.session.carrier.SessionOverException;
import org.restream.internal.session.client.DialedSession.Attached;
import org.restream.internal.text.SafeText;
import org.restream.internal.tls.Tls;

/** The sessions of a client, one after another: each begins with a connection, and goes on over others until nothing lives in it. */
final class SessionRuns {
    private static final String ALPN = "restream/1";

    private final ClientOptions options;
    private final String name;
    private final Consumer<ClientEvent> events;
    private final BooleanSupplier closing;
    private final Connector connector;
    private final SecureRandom random = new SecureRandom();
    private final Monitor monitor = new Monitor();
    private volatile boolean connected;
    private volatile boolean away;
    private boolean begun;
    /** The one that takes new exchanges; replaced under this object's lock. */
    private volatile DialedSession current;
    /** Why the only server has no sessions, as of the last attempt; null where it has, or may have. */
    private volatile @Nullable IOException without;
    /** The one that has the connection; the same, unless its server is about to stop. */
    private volatile DialedSession carried;

    /**
     * @param closing whether no exchange begins any more
     */
    SessionRuns(ClientOptions options, String name, Consumer<ClientEvent> events, BooleanSupplier closing) {
        this.options = options;
        this.name = name;
        this.events = events;
        this.closing = closing;
        connector = new Connector(
                options.connectTimeout(),
                new Lookup(InetAddress::getAllByName),
                Timer.system(),
                layer(options.tlsFrom()));
        current = new DialedSession(Timer.system(), random);
        carried = current;
    }

    private static Connector.Layer layer(@Nullable Supplier<SSLContext> tls) {
        return tls == null
                ? (connection, server) -> connection
                : (connection, server) -> Tls.client(connection, tls, server.host(), server.port(), List.of(ALPN));
    }

    /** Opens an exchange in the session that there is, or in the next one. */
    SessionLink open() throws IOException {
        IOException known = without;
        if (known != null) {
            throw new NeverStartedException(SafeText.message(known), known);
        }
        SessionLink link;
        try {
            link = current.shared().open();
        } catch (SessionOverException e) {
            link = openNext();
        }
        monitor.signal();
        return link;
    }

    private synchronized SessionLink openNext() throws NeverStartedException {
        while (true) {
            try {
                return current.shared().open();
            } catch (SessionOverException e) {
                if (closing.getAsBoolean()) {
                    throw new NeverStartedException("the exchange was not started: " + e.getMessage(), e);
                }
                // over just now, or about to be: the next one follows
                current = new DialedSession(Timer.system(), random);
            }
        }
    }

    String carriedName() {
        return carried.name();
    }

    boolean isConnected() {
        return connected;
    }

    boolean isAway() {
        return away;
    }

    void wake() {
        monitor.signal();
    }

    /** How many exchanges live. */
    int liveCount() {
        DialedSession newest = current;
        DialedSession old = carried;
        return newest.shared().liveCount() + (old == newest ? 0 : old.shared().liveCount());
    }

    /** Waits until nothing lives, but not for long. */
    void awaitNothing(Duration most) throws InterruptedException {
        long began = Timer.system().nanoTime();
        carried.shared().awaitNothing(most);
        current.shared().awaitNothing(most.minusNanos(Timer.system().nanoTime() - began));
    }

    /**
     * Ends the session that there is: what lives in it fails.
     *
     * @return whether the server is being told, which its thread waits for
     */
    synchronized boolean leave(int code, IOException why) {
        boolean told = carried.shared().leave(code, why);
        return current.shared().leave(code, why) || told;
    }

    /** One session, from its first connection to its end. Runs on the client's thread. */
    AttemptResult run(ServerAddress server, long number, Runnable hears) throws IOException, InterruptedException {
        if (begun) {
            // a session with nothing in it is not made again before it is wanted
            monitor.await(() -> liveCount() > 0 || closing.getAsBoolean());
        }
        checkClosing();
        DialedSession session = current;
        carried = session;
        Attached attached = begin(server, session);
        begun = true;
        connected = true;
        hears.run();
        while (true) {
            IOException why = attached.run(name);
            connected = false;
            if (closing.getAsBoolean() && session.shared().liveCount() == 0) {
                throw new InterruptedException("closed");
            }
            if (endIfNothingLives(session, why)) {
                return new AttemptResult.Completed(true, 0, 0, Duration.ZERO);
            }
            IOException over = session.shared().over();
            attached = over == null ? resume(server, session, why) : null;
            if (attached == null) {
                replace(session, over == null ? why : over);
                return AttemptResult.sessionLost(over == null ? why : over);
            }
            connected = true;
        }
    }

    private Attached begin(ServerAddress server, DialedSession session) throws IOException, InterruptedException {
        without = null;
        try {
            return attempt(server, session);
        } catch (UnansweredException e) {
            if (e.isSilent()) {
                throw failWaiting(session, server + ": " + e.getMessage(), e);
            }
        }
        // it may have been about to stop, or speak no sessions: the same again at once means that
        try {
            return attempt(server, session);
        } catch (UnansweredException e) {
            throw failWaiting(session, server + ": " + e.getMessage() + ": it may speak no sessions", e);
        }
    }

    private Attached attempt(ServerAddress server, DialedSession session) throws IOException, InterruptedException {
        Connection made = connector.connect(server);
        try {
            return session.begin(made);
        } catch (UnansweredException e) {
            DialedSession.end(made);
            throw e;
        } catch (NoSessionsException e) {
            DialedSession.end(made);
            throw failWaiting(session, server + ": " + e.getMessage(), e);
        } catch (RefusedSessionException e) {
            DialedSession.end(made);
            IOException failure = new IOException(server + ": " + e.getMessage(), e);
            throw e.isWithoutSessions() ? failWaiting(session, SafeText.message(failure), e) : failure;
        } catch (IOException e) {
            made.abort();
            throw new IOException(server + ": no session: " + SafeText.message(e), e);
        }
    }

    /** They hear so now, unless another server may do, or the only one has had sessions before and may come back. */
    private IOException failWaiting(DialedSession session, String why, IOException cause) {
        IOException failure = new NeverStartedException(why, cause);
        if (options.servers().size() == 1 && !(begun && cause instanceof UnansweredException)) {
            without = failure;
            replace(session, failure);
        }
        return failure;
    }

    private synchronized boolean endIfNothingLives(DialedSession session, IOException why) {
        if (!session.shared().endIfNothingLives(why)) {
            return false;
        }
        replace(session, why);
        return true;
    }

    private synchronized void replace(DialedSession session, IOException why) {
        if (current == session) {
            current = new DialedSession(Timer.system(), random);
        }
        session.shared().end(why);
    }

    /** Null where the session can't be resumed any more. */
    private @Nullable Attached resume(ServerAddress server, DialedSession session, IOException why)
            throws InterruptedException {
        away = true;
        try {
            events.accept(new ClientEvent.Away(server, session.name(), why));
            return new Resuming(server, session, why, connector, monitor, events, this::checkClosing).run();
        } finally {
            away = false;
        }
    }

    private void checkClosing() throws InterruptedException {
        if (closing.getAsBoolean() && liveCount() == 0) {
            throw new InterruptedException("closed");
        }
    }
}
