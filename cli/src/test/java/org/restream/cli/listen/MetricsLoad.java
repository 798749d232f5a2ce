package org.restream.cli.listen;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.restream.cli.testing.RawPeer;

/** Makes load for a server that replies {@code ok} and takes bodies up to 1,000 bytes, and counts by itself what it has done. */
final class MetricsLoad {
    private static final int MOST = 1_000;

    final AtomicLong connections = new AtomicLong();
    final AtomicLong completed = new AtomicLong();
    final AtomicLong completedBytes = new AtomicLong();
    final AtomicLong refused = new AtomicLong();
    final AtomicLong lost = new AtomicLong();
    final AtomicLong withoutHeader = new AtomicLong();
    final AtomicLong silent = new AtomicLong();

    private final InetSocketAddress server;
    private volatile Throwable failure;

    MetricsLoad(InetSocketAddress server) {
        this.server = server;
    }

    /** Runs it on some threads for some time. */
    void run(int threads, long nanos, long seed) throws Exception {
        long end = System.nanoTime() + nanos;
        List<Thread> running = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            Random random = new Random(seed + i);
            Thread thread = new Thread(() -> {
                try {
                    while (System.nanoTime() - end < 0 && failure == null) {
                        one(random);
                    }
                } catch (Throwable e) {
                    failure = e;
                }
            });
            thread.start();
            running.add(thread);
        }
        for (Thread thread : running) {
            thread.join();
        }
        if (failure != null) {
            throw new AssertionError("the load has failed, seed " + seed, failure);
        }
    }

    private void one(Random random) throws IOException {
        try (RawPeer peer = new RawPeer(server)) {
            connections.incrementAndGet();
            int choice = random.nextInt(20);
            if (choice == 0) {
                refused(peer);
            } else if (choice == 1) {
                peer.say("{}\n\n").reset();
                lost.incrementAndGet();
            } else if (choice == 2) {
                rejected(peer.say("no header\n\n").end());
                withoutHeader.incrementAndGet();
            } else if (choice == 3) {
                rejected(peer.end());
                silent.incrementAndGet();
            } else {
                int length = random.nextInt(MOST + 1);
                check(peer.say("{}\n\n" + "x".repeat(length)).end().hear(), "{}\n\nok");
                completed.incrementAndGet();
                completedBytes.addAndGet(length);
            }
        }
    }

    private void refused(RawPeer peer) throws IOException {
        String answer = peer.say("{}\n\n" + "x".repeat(MOST + 1)).end().hear();
        if (!answer.contains("the body has more than 1000 bytes")) {
            throw new IOException("not refused: " + answer);
        }
        refused.incrementAndGet();
    }

    private static void rejected(RawPeer peer) throws IOException {
        try {
            check(peer.hear(), "");
        } catch (IOException e) {
            // a reset is how it is rejected
            if (!String.valueOf(e.getMessage()).contains("reset")) {
                throw e;
            }
        }
    }

    private static void check(String answer, String wanted) throws IOException {
        if (!answer.equals(wanted)) {
            throw new IOException("'" + answer + "' in place of '" + wanted + "'");
        }
    }
}
