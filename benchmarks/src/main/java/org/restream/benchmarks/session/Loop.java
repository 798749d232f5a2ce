package org.restream.benchmarks.session;

import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** Small exchanges that are repeated for some time, by one or more loops. */
public final class Loop {
    private final Latencies latencies = new Latencies();
    private final long start = System.nanoTime();
    private final long nanos;
    private final CountDownLatch over;

    private Loop(int loops, long millis) {
        nanos = millis * 1_000_000;
        over = new CountDownLatch(loops);
    }

    /** Runs so many loops at a time, and returns what came of them. */
    static String run(Caller caller, int loops, long millis) throws InterruptedException {
        Loop loop = new Loop(loops, millis);
        for (int i = 0; i < loops; i++) {
            caller.loop(loop);
        }
        loop.over.await();
        double seconds = (System.nanoTime() - loop.start) / 1e9;
        return String.format(
                Locale.ROOT,
                "exchanges=%d seconds=%s p50=%s p99=%s",
                loop.latencies.count(),
                seconds,
                loop.micros(0.5),
                loop.micros(0.99));
    }

    private double micros(double part) {
        return latencies.quantile(part) / 1e3;
    }

    /** Whether another exchange is wanted. */
    public boolean more() {
        return System.nanoTime() - start < nanos;
    }

    /** An exchange has ended that had begun at this time. Ends the process, and so the measurement, if it failed. */
    public void ended(long began, @Nullable Throwable failure) {
        if (failure != null) {
            failure.printStackTrace();
            Runtime.getRuntime().halt(1);
        }
        latencies.add(System.nanoTime() - began);
    }

    /** One of the loops has ended. */
    public void over() {
        over.countDown();
    }
}
