package org.restream.benchmarks.client;

import java.util.function.BooleanSupplier;

/** One way to make exchanges of 64 bytes, one connection each, with a server at a port of this machine. */
interface Client {
    /** Starts one, and returns. After a loss it is tried again so much later, until its whole answer has come and is right. */
    void start(int port, long waitMillis, Runnable done);

    /** One after the other, for as long as there shall be more. */
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
