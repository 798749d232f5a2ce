package org.restream.reliability.blackbox;

import java.io.IOException;

/** Passes on one direction of a connection, and disturbs it as planned. */
final class Pump {
    private final Link link;
    private final Side from;
    private final Side to;
    private final Counter counter;
    private final Relay harm;
    private final long at;
    private long passed;

    Pump(Link link, Side from, Side to, Counter counter, Relay harm) {
        this.link = link;
        this.from = from;
        this.to = to;
        this.counter = counter;
        this.harm = harm;
        boolean cuts = harm == Relay.CUT_FIN || harm == Relay.CUT_RST || harm == Relay.SILENCE;
        at = cuts ? link.plan().number("at") : Long.MAX_VALUE;
    }

    void run() {
        byte[] bytes = new byte[32_768];
        try {
            while (passed < at) {
                int count = read(bytes);
                if (count < 0) {
                    end();
                    return;
                }
                int whole = (int) Math.min(count, at - passed);
                if (!pass(bytes, whole)) {
                    return;
                }
            }
            doHarm();
        } catch (IOException e) {
            link.lost(from);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private int read(byte[] bytes) throws IOException, InterruptedException {
        if (from.isSilent()) {
            link.awaitClosed();
        }
        return from.read(bytes);
    }

    private boolean pass(byte[] bytes, int count) {
        if (link.relay() == Relay.DELAY) {
            link.pause(link.plan().number("pause"));
        }
        try {
            int step = link.relay() == Relay.BYTEWISE ? 1 : count;
            for (int i = 0; i < count; i += step) {
                to.write(bytes, i, step);
            }
        } catch (IOException e) {
            link.lost(to);
            return false;
        }
        passed += count;
        counter.add(count);
        return true;
    }

    private void end() {
        if (link.relay() == Relay.FULL_CLOSE) {
            link.close();
        } else {
            to.end();
        }
    }

    private void doHarm() throws InterruptedException {
        boolean half = link.plan().is("half");
        if (harm == Relay.SILENCE) {
            link.silence();
            link.awaitClosed();
        } else if (harm == Relay.CUT_RST) {
            to.reset();
            if (half) {
                from.end();
                from.drain();
            }
            link.reset();
        } else {
            to.end();
            if (!half) {
                from.end();
            }
            from.drain();
        }
    }
}
