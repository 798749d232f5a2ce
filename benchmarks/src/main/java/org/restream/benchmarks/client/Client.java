package org.restream.benchmarks.client;

import java.util.function.BooleanSupplier;

/** A client for exchanges of 64 bytes, each on a connection of its own, with a server on this machine. */
interface Client {
    /**
     * Starts an exchange and returns. After a loss it waits and tries again, until the whole answer has arrived and is
     * right.
     */
    void start(int port, long waitMillis, Runnable done);

    /** Runs exchanges one after the other, as long as more are wanted. */
    default void loop(int port, BooleanSupplier more, Runnable each, Runnable over) {
        if (more.getAsBoolean()) {
            start(port, 0, () -> {
                each.run();
                loop(port, more, each, over);
            });
        } else {
            over.run();
        }
    }
}
