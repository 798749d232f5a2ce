package org.restream.internal.session.carrier;

import java.io.IOException;
import java.time.Duration;
import org.restream.internal.concurrent.Timer;
import org.restream.internal.text.Durations;

/**
 * Finds out that a connection is dead, while exchanges live: nothing was heard for two and a half beats, or our own ping was not
 * answered for so long, which also finds a line that works in one direction only. Ends one on which nothing lives any more.
 */
final class Heartbeat {
    /** What it watches. */
    interface Watched {
        /** Whether exchanges live. */
        boolean isBusy();

        /** Some time has gone by, and exchanges live. */
        void look(long now);

        /** How many pongs have come. */
        long pongs();

        void ping();

        void dead(IOException why);

        /** Nothing has lived for the idle timeout. */
        void idle();
    }

    private final Watched watched;
    private final Timer timer;
    private final long beat;
    private final long idleTimeout;
    private volatile long heard;
    private volatile boolean stopped;
    private volatile Timer.Task task = Timer.Task.NONE;

    private long expected;
    private long busyUntil;
    private boolean pinged;
    private long pingTime;
    private long pongsBefore;

    /**
     * @param beat how often each side is heard
     * @param idleTimeout how long nothing may live; zero: any time
     */
    Heartbeat(Watched watched, Timer timer, Duration beat, Duration idleTimeout) {
        this.watched = watched;
        this.timer = timer;
        this.beat = beat.toNanos();
        this.idleTimeout = idleTimeout.toNanos();
    }

    void start() {
        long now = timer.nanoTime();
        heard = now;
        busyUntil = now;
        schedule(now);
    }

    void stop() {
        stopped = true;
        task.cancel();
    }

    /** A byte has come. */
    void heard() {
        heard = timer.nanoTime();
    }

    private void schedule(long now) {
        // more often where it waits for nothing but the idle timeout
        long delay = idleTimeout > 0 && !watched.isBusy() ? Math.min(beat / 2, idleTimeout) : beat / 2;
        expected = now + delay;
        task = timer.after(Duration.ofNanos(delay), this::check);
        if (stopped) {
            task.cancel();
        }
    }

    private void check() {
        if (stopped) {
            return;
        }
        long now = timer.nanoTime();
        if (now - expected > beat) {
            // this process was paused, not the peer: the count begins again
            heard = now;
            pinged = false;
        }
        if (watched.isBusy()) {
            busyUntil = now;
            watched.look(now);
            checkPeer(now);
        } else {
            pinged = false;
            heard = now;
            if (idleTimeout > 0 && now - busyUntil >= idleTimeout) {
                watched.idle();
            }
        }
        if (!stopped) {
            schedule(now);
        }
    }

    private void checkPeer(long now) {
        long most = beat * 5 / 2;
        if (pinged && watched.pongs() != pongsBefore) {
            pinged = false;
        }
        if (now - heard > most) {
            watched.dead(
                    new IOException("nothing was heard of the peer for " + Durations.text(Duration.ofNanos(most))));
        } else if (pinged && now - pingTime > most) {
            watched.dead(new IOException("the peer answered no ping for " + Durations.text(Duration.ofNanos(most))));
        } else if (!pinged) {
            pinged = true;
            pingTime = now;
            pongsBefore = watched.pongs();
            watched.ping();
        }
    }
}
