package org.restream.reliability.blackbox;

import java.util.concurrent.CompletableFuture;

/** Counts bytes, and tells when there are so many. */
final class Counter {
    private final CompletableFuture<Void> reached = new CompletableFuture<>();
    private long count;
    private long mark = Long.MAX_VALUE;

    /** Is complete when so many have been counted; one mark only. */
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
