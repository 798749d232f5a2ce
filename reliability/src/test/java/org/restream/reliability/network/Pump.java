package org.restream.reliability.network;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.restream.reliability.network.Fault.Kind;

/** Carries the bytes of one direction, and causes its fault. */
final class Pump {
    private static final int PIECE = 16 * 1024;

    private final Side from;
    private final Side to;
    private final Fault fault;
    private final long after;
    private final CompletableFuture<Long> struck = new CompletableFuture<>();

    /** Whether nothing of this direction is delivered any more, not even its end. */
    private volatile boolean silent;
    /** Whether the end was delivered. */
    private volatile boolean finished;

    private Pump opposite = this;
    /** Guarded by this. */
    private long allowed;
    /** Guarded by this. */
    private long delivered;

    /** Creates a pump, which ignores a fault of the other direction. */
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

    /** Carries bytes until the direction has ended. */
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
            // the receiver has gone, which the sender sees unless the other direction is silent
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

    /** Waits while the direction is stalled; returns how many bytes may be delivered before the fault. */
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
            // the sender's side first, because the other direction might otherwise fail on a closed receiver and reset
            // it
            from.close();
            to.close();
            struck.complete(System.nanoTime());
        } else if (!silent && !finished) {
            finished = true;
            to.finish();
        }
    }

    /** Passes on a reset. */
    private void reset() {
        if (!silent) {
            to.reset();
        }
    }

    /** Lets a stalled direction deliver this many more bytes. */
    synchronized void allow(long bytes) {
        allowed += bytes;
        notifyAll();
    }

    /** Lets a stalled direction continue. */
    synchronized void resume() {
        allowed = Long.MAX_VALUE;
        notifyAll();
    }

    synchronized long delivered() {
        return delivered;
    }

    /** Waits until this many bytes have been delivered. */
    synchronized void awaitDelivered(long bytes) throws InterruptedException {
        while (delivered < bytes) {
            wait();
        }
    }

    /** The time of the fault on the clock of {@link System#nanoTime}; incomplete before it. */
    CompletableFuture<Long> struck() {
        return struck;
    }

    boolean isSilent() {
        return silent;
    }
}
