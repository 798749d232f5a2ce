package org.restream.reliability.blackbox;

import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A connection through one of our relays: two sockets, and a {@link Pump} for each direction. */
final class Link {
    /**
     * After how many ms the connection of a silent relay to its receiver is reset, because others may wait behind it.
     */
    private static final long SILENCE = 1_500;

    private final Plan plan;
    private final Relay relay;
    private final Side sender;
    private final Side receiver;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicInteger running = new AtomicInteger(2);

    Link(Plan plan, Relay relay, Socket sender, Socket receiver) throws IOException {
        this.plan = plan;
        this.relay = relay;
        this.sender = new Side(sender);
        this.receiver = new Side(receiver);
    }

    void start(Counter up, Counter down) {
        boolean isUp = plan.text("direction").equals("up");
        Later.start(() -> run(new Pump(this, sender, receiver, up, isUp ? harm() : Relay.HONEST)));
        Later.start(() -> run(new Pump(this, receiver, sender, down, isUp ? Relay.HONEST : harm())));
    }

    private Relay harm() {
        return relay;
    }

    private void run(Pump pump) {
        try {
            pump.run();
        } finally {
            if (running.decrementAndGet() == 0) {
                close();
            }
        }
    }

    Plan plan() {
        return plan;
    }

    /** The relay's kind. */
    Relay relay() {
        return relay;
    }

    /** Waits, but at most until the connection ends. */
    void pause(long millis) {
        try {
            if (closed.await(millis, java.util.concurrent.TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for its end. */
    void awaitClosed() throws InterruptedException {
        closed.await();
    }

    /** One side was reset; passes that on to the other side in this relay's way. */
    void lost(Side gone) {
        Side other = gone == sender ? receiver : sender;
        if (relay == Relay.RESET_TO_FIN) {
            other.end();
            other.drain();
            close();
        } else {
            reset();
        }
    }

    /** Passes nothing on from now on, in either direction. */
    void silence() {
        sender.silence();
        receiver.silence();
        Later.startAfter(SILENCE, receiver::reset);
    }

    void reset() {
        sender.reset();
        receiver.reset();
        closed.countDown();
    }

    void close() {
        sender.close();
        receiver.close();
        closed.countDown();
    }
}
