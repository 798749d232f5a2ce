package org.restream.reliability.session;

import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.restream.Incoming;
import org.restream.Outgoing;
import org.restream.reliability.session.AbortPlan.Party;
import org.restream.testing.Pattern;

/** The handlers of exchanges of which some are aborted; each judges every byte that it receives. */
final class AbortedTransfers {
    /** What the handler throws that aborts the exchange. */
    static final class Enough extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private static final long PATIENCE_MILLIS = 60_000;

    private final Queue<String> faults = new ConcurrentLinkedQueue<>();
    private final Queue<Thread> writers = new ConcurrentLinkedQueue<>();
    private final AtomicLong received = new AtomicLong();

    /** What was wrong. */
    Queue<String> faults() {
        return faults;
    }

    /** How many bytes were received and judged. */
    long received() {
        return received.get();
    }

    /** A server's handler. */
    void answer(Incoming req, Outgoing res) throws Exception {
        AbortPlan plan = AbortPlan.of(req.header().getLong("seed"));
        both(plan, Party.SERVER, req, res);
    }

    /** A client's handler. */
    void ask(AbortPlan plan, Outgoing req, Incoming res) throws Exception {
        req.header("seed", plan.seed());
        both(plan, Party.CLIENT, res, req);
    }

    private void both(AbortPlan plan, Party party, Incoming in, Outgoing out) throws Exception {
        Thread writer = new Thread(() -> write(plan, party, out), "writer");
        writers.add(writer);
        writer.start();
        // this throws where somebody aborts, while the other thread still writes
        read(plan, party, in);
        writer.join(PATIENCE_MILLIS);
    }

    private void write(AbortPlan plan, Party party, Outgoing out) {
        Pattern body = plan.bodyOf(party);
        try {
            for (long at = 0; at < plan.sentBy(party); ) {
                // another length each time, and none for long the same as a block's or a frame's
                int length = (int) Math.min(1 + (at * 31 + plan.seed() & 0xFFFF), plan.sentBy(party) - at);
                out.write(body.next(length));
                at += length;
            }
            out.end();
        } catch (IOException e) {
            if (plan.aborter() == null) {
                faults.add("nobody aborts, but " + party + " can't send: " + e);
            }
        }
    }

    private void read(AbortPlan plan, Party party, Incoming in) throws IOException {
        Pattern body = plan.bodyOf(party.other());
        byte[] piece = new byte[100_000];
        long at = 0;
        while (true) {
            if (plan.aborter() == party && at >= plan.after()) {
                throw new Enough();
            }
            int count = in.read(piece);
            if (count < 0) {
                break;
            }
            try {
                body.check(piece, 0, count);
            } catch (AssertionError e) {
                faults.add(e.getMessage() + " of what " + party + " received in " + plan);
                throw e;
            }
            at += count;
            received.addAndGet(count);
        }
        if (at != plan.receivedBy(party)) {
            faults.add("what " + party + " received has ended after " + at + " bytes in " + plan);
        }
    }

    /** Waits for the threads that wrote. */
    void awaitWriters() throws InterruptedException {
        for (Thread writer : writers) {
            writer.join(PATIENCE_MILLIS);
            if (writer.isAlive()) {
                faults.add("a thread still writes");
            }
        }
    }
}
