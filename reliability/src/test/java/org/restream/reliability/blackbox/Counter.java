package org.restream.reliability.blackbox;

import java.util.concurrent.CompletableFuture;

/** Counts bytes, and reports when a number is reached. */
final class Counter {
    private final CompletableFuture<Void> reached = new CompletableFuture<>();
    private long count;
    private long mark = Long.MAX_VALUE;

    /** Completes when this many have been counted; only one mark is possible. */
    synchronized CompletableFuture<Void> reached(long bytes) {
        mark = bytes;
        add(0);
        return reached;
    }

    synchronized void add(long bytes) {
        count += bytes;
        if (count >= mark) {
            reached.complete(null);
        }
    }

    synchronized long count() {
        return count;
    }
}
