package org.restream.benchmarks.session;

/** Small exchanges one after the other, while somebody cuts the connection. One that fails is made again. */
final class Cut {
    private int failures;

    private Cut() {}

    /** Runs them for some time, and returns when the one ended that took longest. */
    static String run(Caller caller, long millis) throws InterruptedException {
        Cut cut = new Cut();
        long start = System.nanoTime();
        long longest = 0;
        long ended = start;
        for (long began = start; began - start < millis * 1_000_000; ) {
            cut.exchange(caller);
            long now = System.nanoTime();
            if (now - began > longest) {
                longest = now - began;
                ended = now;
            }
            began = now;
        }
        return "ended=" + ended + " failures=" + cut.failures;
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
