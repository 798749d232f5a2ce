package org.restream.internal.net;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;
import org.restream.internal.concurrent.Timer;
import org.restream.internal.link.Connection;
import org.restream.internal.text.Durations;

/**
 * Takes care of a connection for its owner: opens it within a time limit, turns keepalive on once it lives longer than
 * a moment, and notices when nothing moves.
 */
public final class ConnectionCare implements AutoCloseable {
    /** Most exchanges are over by then, and TCP's keepalive would not send a probe earlier. */
    private static final Duration KEEP_ALIVE_AFTER = Duration.ofSeconds(5);

    /** A peer that is told by TLS why it is turned away has so long to read that, and may still send so much meanwhile. */
    private static final Duration DROP_TIME = Duration.ofSeconds(1);

    private static final long DROP_BYTES = 1024 * 1024;

    private final @Nullable IdleWatch idleWatch;
    /** None when it is over, because a connection may live long. */
    private volatile Timer.Task keepAlive = Timer.Task.NONE;

    private ConnectionCare(@Nullable IdleWatch idleWatch) {
        this.idleWatch = idleWatch;
    }

    /**
     * Begins to watch the connection; {@link #close} ends it.
     *
     * @param idleTimeout the longest silence; zero for no limit
     * @param lost is called when it is exceeded
     */
    public static ConnectionCare of(
            Connection connection, Duration idleTimeout, Timer timer, Consumer<IOException> lost) {
        IdleWatch watch = idleTimeout.isZero() ? null : watch(connection, idleTimeout, timer, lost);
        ConnectionCare care = new ConnectionCare(watch);
        care.keepAlive = timer.after(KEEP_ALIVE_AFTER, () -> {
            connection.keepAlive();
            care.keepAlive = Timer.Task.NONE;
        });
        return care;
    }

    private static IdleWatch watch(
            Connection connection, Duration idleTimeout, Timer timer, Consumer<IOException> lost) {
        IdleWatch watch = new IdleWatch(
                idleTimeout,
                timer,
                () -> lost.accept(new IOException(
                        "no byte moved in either direction for " + Durations.text(idleTimeout) + " (idleTimeout)")));
        connection.boundSendBuffer();
        connection.onMove(watch::moved);
        watch.start();
        return watch;
    }

    /**
     * Opens the connection, which is the TLS handshake, if there is one. If that fails, the peer gets a moment to read why, and
     * the connection is aborted.
     *
     * @param limit how long it may take; zero for no limit
     * @param option the option that sets the limit, for the message
     * @throws IOException it can't be opened; the message says why
     */
    public static void open(Connection connection, Duration limit, String option, Timer timer) throws IOException {
        open(connection, limit, limit, option, timer);
    }

    /** The same, if a part of the limit has been used already. */
    public static void open(Connection connection, Duration limit, Duration left, String option, Timer timer)
            throws IOException {
        if (connection.isOpen()) {
            return;
        }
        AtomicBoolean late = new AtomicBoolean();
        Timer.Task watchdog = limit.isZero()
                ? Timer.Task.NONE
                : timer.after(left, () -> {
                    late.set(true);
                    connection.abort();
                });
        boolean opened = false;
        try {
            connection.open();
            opened = true;
        } catch (IOException e) {
            throw late.get() ? tooLate(limit, option, e) : e;
        } finally {
            if (!opened) {
                dropRest(connection, timer);
                connection.abort();
            }
            watchdog.cancel();
        }
    }

    private static void dropRest(Connection connection, Timer timer) {
        Timer.Task end = timer.after(DROP_TIME, connection::abort);
        try {
            connection.dropRest(DROP_BYTES);
        } catch (IOException e) {
            // it is aborted, by the peer or by us
            return;
        } finally {
            end.cancel();
        }
    }

    private static SSLHandshakeException tooLate(Duration limit, String option, IOException cause) {
        SSLHandshakeException late = new SSLHandshakeException("no complete TLS handshake within "
                + Durations.text(limit) + (option.isEmpty() ? "" : " (" + option + ")"));
        late.initCause(cause);
        return late;
    }

    @Override
    public void close() {
        keepAlive.cancel();
        if (idleWatch != null) {
            idleWatch.stop();
        }
    }
}
