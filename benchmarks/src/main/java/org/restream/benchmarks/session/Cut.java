package org.restream.benchmarks.session;

import java.util.Comparator;
import java.util.PriorityQueue;

/** Small exchanges one after the other, while somebody cuts the connection. One that fails is made again. */
final class Cut {
    /** The one that was cut is among the longest, beside those that something else has held up: the collector, say. */
    private static final int LONGEST = 8;

    private final PriorityQueue<Took> longest = new PriorityQueue<>(Comparator.comparingLong(Took::nanos));
    private int failures;

    private record Took(long nanos, long ended) {}

    private Cut() {}

    /** Runs them for some time, and returns how long the longest took and when they ended. */
    static String run(Caller caller, long millis) throws InterruptedException {
        Cut cut = new Cut();
        long start = System.nanoTime();
        for (long began = start; began - start < millis * 1_000_000; ) {
            cut.exchange(caller);
            long now = System.nanoTime();
            cut.longest.add(new Took(now - began, now));
            if (cut.longest.size() > LONGEST) {
                cut.longest.remove();
            }
            began = now;
        }
        return cut.said();
    }

    private String said() {
        StringBuilder said = new StringBuilder("failures=" + failures);
        int i = 0;
        for (Took took : longest) {
            said.append(" took").append(i).append('=').append(took.nanos);
            said.append(" ended").append(i++).append('=').append(took.ended);
        }
        return said.toString();
    }

    private void exchange(Caller caller) throws InterruptedException {
        while (true) {
            try {
                caller.once();
                return;
            } catch (InterruptedException e) {
                throw e;
            } catch (Exception e) {
                failures++;
            }
        }
    }
}
