package org.restream.benchmarks.session;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.restream.benchmarks.peer.Bodies;

/** Small exchanges, while large bodies go to the server over the same connection. */
final class Beside {
    private Beside() {}

    static String run(Caller caller, int bulks, int loops, long millis) throws Exception {
        AtomicBoolean more = new AtomicBoolean(true);
        ExecutorService threads = Executors.newFixedThreadPool(bulks);
        long start = System.nanoTime();
        List<Future<Long>> sent = new ArrayList<>();
        for (int i = 0; i < bulks; i++) {
            sent.add(threads.submit(up(caller, more)));
        }
        // until the bodies go at full speed
        Thread.sleep(millis / 4);
        String small = Loop.run(caller, loops, millis);
        more.set(false);
        long bytes = 0;
        for (Future<Long> each : sent) {
            bytes += each.get();
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        threads.shutdown();
        return small + " bulk_mib=" + bytes / seconds / (1 << 20);
    }

    private static Callable<Long> up(Caller caller, AtomicBoolean more) {
        return () -> {
            AtomicLong sent = new AtomicLong();
            long count = caller.up(Pieces.during(() -> {
                boolean another = more.get();
                sent.addAndGet(another ? Bodies.PERIOD : 0);
                return another;
            }));
            if (count != sent.get()) {
                throw new IllegalStateException(count + " bytes arrived of " + sent);
            }
            return count;
        };
    }
}
