package org.restream.benchmarks.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Many connections, or many open exchanges of one. */
final class Many {
    private static final int AT_A_TIME = 64;

    private final Queue<Caller> idle = new ConcurrentLinkedQueue<>();

    /** Opens so many more connections, each of which has had an exchange; 0 ends all of them. */
    String connect(Systems.Connect connect, int count) throws Exception {
        long start = System.nanoTime();
        if (count == 0) {
            List<Caller> all = List.copyOf(idle);
            idle.clear();
            each(all.size(), i -> () -> {
                all.get(i).close();
                return true;
            });
        }
        each(count, i -> () -> {
            Caller caller = connect.caller();
            caller.once();
            return idle.add(caller);
        });
        return "seconds=" + (System.nanoTime() - start) / 1e9;
    }

    /** Opens so many more exchanges. */
    String hold(Caller caller, int count) throws Exception {
        long start = System.nanoTime();
        each(count, i -> () -> {
            caller.hold();
            return true;
        });
        return "seconds=" + (System.nanoTime() - start) / 1e9;
    }

    /** A piece of work for each number. */
    private interface Work {
        Callable<Boolean> of(int i);
    }

    private static void each(int count, Work work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(AT_A_TIME);
        List<Callable<Boolean>> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(work.of(i));
        }
        for (Future<Boolean> done : threads.invokeAll(all)) {
            done.get();
        }
        threads.shutdown();
    }
}
