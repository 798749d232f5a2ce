package org.restream.reliability.network;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.restream.reliability.network.Fault.Kind;

/** Carries the bytes of one direction, and does harm to it. */
final class Pump {
    private static final int PIECE = 16 * 1024;

    private final Side from;
    private final Side to;
    private final Fault fault;
    private final long after;
    private final CompletableFuture<Long> struck = new CompletableFuture<>();

    /** Nothing of this direction is delivered any more, not even its end. */
    private volatile boolean silent;
    /** The end was delivered. */
    private volatile boolean finished;

    private Pump opposite = this;
    /** Guarded by this. */
    private long allowed;
    /** Guarded by this. */
    private long delivered;

    /** Makes one; a fault of the other direction is none. */
    Pump(Direction direction, Side from, Side to, Fault fault) {
        this.from = from;
        this.to = to;
        this.fault = fault.direction() == direction ? fault : Fault.NONE;
        after = this.fault.after();
        allowed = this.fault.is(Kind.STALL) ? after : Long.MAX_VALUE;
    }

    void against(Pump other) {
        opposite = other;
    }

    /** Carries until the direction has ended. */
    void run() {
        try {
            byte[] buffer = new byte[PIECE];
            strikeIfDue();
            for (int count = from.read(buffer, room()); count >= 0; count = from.read(buffer, room())) {
                if (!silent && !finished) {
                    deliver(buffer, count);
                }
            }
            end();
        } catch (IOException e) {
            reset();
        }
    }

    private void deliver(byte[] buffer, int count) throws IOException {
        try {
            to.write(buffer, count);
        } catch (IOException e) {
            // the receiver is gone, which the sender hears, unless nothing comes through to it
            opposite.reset();
            if (!opposite.silent) {
                throw e;
            }
            silent = true;
            return;
        }
        count(count);
        strikeIfDue();
    }

    /** Waits while the direction is stalled; no more than what comes before the fault. */
    private synchronized int room() throws IOException {
        try {
            while (delivered >= allowed) {
                wait();
            }
        } catch (InterruptedException e) {
            throw new IOException("interrupted", e);
        }
        long most = Math.min(allowed - delivered, delivered < after ? after - delivered : PIECE);
        return (int) Math.min(PIECE, most);
    }

    private synchronized void count(int count) {
        delivered += count;
        notifyAll();
    }

    private void strikeIfDue() throws IOException {
        if (delivered() != after || struck.isDone()) {
            return;
        }
        struck.complete(System.nanoTime());
        switch (fault.kind()) {
            case FIN -> {
                finished = true;
                to.finish();
            }
            case RST -> {
                to.reset();
                from.reset();
            }
            case BLACKHOLE -> silent = true;
            default -> {}
        }
    }

    private void end() throws IOException {
        if (fault.is(Kind.FULL_CLOSE)) {
            // the sender's first: else the other direction might fail on a closed receiver, and make a reset of it
            from.close();
            to.close();
            struck.complete(System.nanoTime());
        } else if (!silent && !finished) {
            finished = true;
            to.finish();
        }
    }

    /** What the direction carries is a reset. */
    private void reset() {
        if (!silent) {
            to.reset();
        }
    }

    /** Lets a stalled direction deliver so many bytes more. */
    synchronized void allow(long bytes) {
        allowed += bytes;
        notifyAll();
    }

    /** Lets a stalled direction go on. */
    synchronized void resume() {
        allowed = Long.MAX_VALUE;
        notifyAll();
    }

    synchronized long delivered() {
        return delivered;
    }

    /** Waits until so many bytes were delivered. */
    synchronized void awaitDelivered(long bytes) throws InterruptedException {
        while (delivered < bytes) {
            wait();
        }
    }

    /** When the fault was done, as by {@link System#nanoTime}; not done while it was not. */
    CompletableFuture<Long> struck() {
        return struck;
    }

    boolean isSilent() {
        return silent;
    }
}
