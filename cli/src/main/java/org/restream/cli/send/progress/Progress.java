package org.restream.cli.send.progress;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.restream.ClientEvent;
import org.restream.ServerAddress;
import org.restream.cli.command.Causes;
import org.restream.cli.send.body.Body;

/** The progress of the command. The senders update it; the display, if there is one, reads it. */
public final class Progress {
    /** The state of a part. */
    enum Phase {
        IDLE,
        CONNECTING,
        WAITING,
        CONNECTED,
        RESUMING,
        ENDED
    }

    /**
     * The next attempt.
     *
     * @param trouble why the last attempt failed
     * @param reason the same without the server and the action
     * @param at its time on the clock of {@link System#nanoTime}; the current time while it is under way
     */
    record Next(
            String server,
            long attempt,
            @Nullable String trouble,
            @Nullable String reason,
            long at) {
        /** An attempt to resume an exchange, which has no number. */
        static Next resuming(ServerAddress server, String why) {
            return new Next(server.toString(), 0, "connection lost, resuming: " + why, "resuming", System.nanoTime());
        }
    }

    /**
     * A snapshot.
     *
     * @param total -1 if it is not known
     * @param next null if a part is connected, so that bytes move
     * @param awaitsAnswer whether the connected parts wait only for their servers' answers
     */
    record Look(
            long sent,
            long total,
            long received,
            int ended,
            int parts,
            @Nullable Next next,
            boolean waits,
            boolean awaitsAnswer) {}

    private final List<Part> parts = new ArrayList<>();
    private BooleanSupplier visible = () -> false;
    private volatile boolean resumed;

    /** Sets the condition under which the user sees a countdown. */
    void visibleWhile(BooleanSupplier condition) {
        visible = condition;
    }

    public synchronized Part part(Body body) {
        Part part = new Part(body);
        parts.add(part);
        return part;
    }

    /** Whether a part went on with what its server has since the last look: those bytes say nothing of the rate. */
    boolean takeResumed() {
        boolean was = resumed;
        resumed = false;
        return was;
    }

    synchronized Look look() {
        long sent = 0;
        long total = 0;
        long received = 0;
        int ended = 0;
        Part next = null;
        boolean moving = false;
        boolean awaitsAnswer = true;
        for (Part part : parts) {
            long partSent = part.sent.getAsLong();
            sent += partSent;
            received += part.received.get();
            long size = part.phase == Phase.ENDED ? partSent : part.body.size();
            total = total < 0 || size < 0 ? -1 : total + size;
            ended += part.phase == Phase.ENDED ? 1 : 0;
            moving |= part.phase == Phase.CONNECTED;
            awaitsAnswer &= part.phase != Phase.CONNECTED || part.awaitsAnswer;
            if (part.next != null && (next == null || part.soonerThan(next))) {
                next = part;
            }
        }
        boolean waits = !moving && next != null && next.phase == Phase.WAITING;
        return new Look(
                sent,
                total,
                received,
                ended,
                parts.size(),
                moving || next == null ? null : next.next,
                waits,
                moving && awaitsAnswer);
    }

    /** The progress of one body. */
    public final class Part {
        private final Body body;
        private volatile LongSupplier sent = () -> 0;
        private final AtomicLong received = new AtomicLong();
        private volatile Phase phase = Phase.IDLE;
        private volatile @Nullable Next next;
        private volatile @Nullable String trouble;
        private volatile @Nullable String reason;
        private volatile boolean awaitsAnswer;

        private Part(Body body) {
            this.body = body;
        }

        public boolean countsDown() {
            return visible.getAsBoolean();
        }

        /**
         * An exchange begins; what earlier ones have sent does not count.
         *
         * @param counter how many bytes this one has sent
         */
        public void begin(LongSupplier counter) {
            sent = counter;
            received.set(0);
        }

        /**
         * An exchange begins that goes on with what the server has.
         *
         * @param counter the number of bytes that the server has or that are on the way
         */
        public void resume(LongSupplier counter) {
            begin(counter);
            resumed = true;
        }

        public void received(long count) {
            received.addAndGet(count);
        }

        /** Sets whether nothing moves because the server has not answered yet. */
        public void awaitsAnswer(boolean now) {
            awaitsAnswer = now;
        }

        public void event(ClientEvent event) {
            if (event instanceof ClientEvent.Connecting e) {
                become(
                        Phase.CONNECTING,
                        new Next(e.server().toString(), e.attempt(), trouble, reason, System.nanoTime()));
            } else if (event instanceof ClientEvent.Waiting e) {
                long at = System.nanoTime() + e.delay().toNanos();
                become(Phase.WAITING, new Next(e.server().toString(), e.attempt(), trouble, reason, at));
            } else if (event instanceof ClientEvent.Away e) {
                become(Phase.RESUMING, Next.resuming(e.server(), Causes.line(e.cause())));
            } else if (event instanceof ClientEvent.ResumeFailed e) {
                become(Phase.RESUMING, Next.resuming(e.server(), Causes.line(e.cause())));
            } else if (event instanceof ClientEvent.Connected || event instanceof ClientEvent.Resumed) {
                become(Phase.CONNECTED, null);
            } else if (event instanceof ClientEvent.Failed e) {
                failed(e.server(), e.cause());
            } else if (event instanceof ClientEvent.Lost e) {
                failed(e.server(), e.cause());
            }
        }

        private void failed(ServerAddress server, Throwable cause) {
            String line = Causes.line(cause);
            String where = server + ": ";
            trouble = line;
            reason = line.substring(line.contains(where) ? line.indexOf(where) + where.length() : 0);
        }

        public void end() {
            become(Phase.ENDED, null);
        }

        private void become(Phase now, @Nullable Next then) {
            synchronized (Progress.this) {
                phase = now;
                next = then;
            }
        }

        private boolean soonerThan(Part other) {
            Next mine = next;
            Next others = other.next;
            return mine != null && others != null && mine.at() - others.at() < 0;
        }
    }
}
