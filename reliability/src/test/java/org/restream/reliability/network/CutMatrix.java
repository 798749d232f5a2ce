package org.restream.reliability.network;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.restream.reliability.network.Fault.Kind;

/** Runs many cells, in concurrent lanes. */
final class CutMatrix {
    /** Lanes for cells that only compute. */
    private static final int BUSY_LANES = 4;
    /** Lanes for cells that wait for time-outs. */
    private static final int WAITING_LANES = 32;

    /** Longer than one step of an exchange takes on a busy machine; TLS handshakes need computing time. */
    private static Duration idleTimeout(boolean tls) {
        return Duration.ofMillis(tls ? 1_000 : 500);
    }

    /** For attempts that are cut inside a TLS handshake. */
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);

    private CutMatrix() {}

    static List<CutResult> run(List<Cut> cuts) throws Exception {
        List<CutResult> results = new ArrayList<>();
        for (boolean tls : new boolean[] {false, true}) {
            for (boolean waiting : new boolean[] {false, true}) {
                List<Cut> part = cuts.stream()
                        .filter(cut -> cut.tls() == tls && cut.fault().is(Kind.BLACKHOLE) == waiting)
                        .toList();
                Duration idle = waiting ? idleTimeout(tls) : Duration.ZERO;
                Duration connect = waiting ? CONNECT_TIMEOUT : Duration.ofSeconds(30);
                results.addAll(run(part, waiting ? WAITING_LANES : BUSY_LANES, () -> new CutLane(tls, idle, connect)));
            }
        }
        return results;
    }

    private static List<CutResult> run(List<Cut> cuts, int lanes, Callable<CutLane> maker) throws Exception {
        Queue<Cut> queue = new ConcurrentLinkedQueue<>(cuts);
        ExecutorService executor = Executors.newFixedThreadPool(lanes);
        try {
            List<Future<List<CutResult>>> futures = new ArrayList<>();
            for (int i = 0; i < Math.min(lanes, cuts.size()); i++) {
                futures.add(executor.submit(() -> drain(queue, maker)));
            }
            List<CutResult> results = new ArrayList<>();
            for (Future<List<CutResult>> future : futures) {
                results.addAll(future.get());
            }
            return results;
        } finally {
            executor.shutdownNow();
        }
    }

    private static List<CutResult> drain(Queue<Cut> queue, Callable<CutLane> maker) throws Exception {
        List<CutResult> results = new ArrayList<>();
        try (CutLane lane = maker.call()) {
            for (Cut cut = queue.poll(); cut != null; cut = queue.poll()) {
                results.add(lane.run(cut));
            }
        }
        return results;
    }
}
