package org.restream.benchmarks.session;

import org.jspecify.annotations.Nullable;
import org.restream.benchmarks.EachThread;

/** A client whose exchanges block; each loop has a thread, a virtual one if the JVM has them. */
public abstract class BlockingCaller implements Caller {
    @Override
    public final void loop(Loop loop) {
        EachThread.EXECUTOR.execute(() -> {
            while (loop.more()) {
                long began = System.nanoTime();
                loop.ended(began, failure());
            }
            loop.over();
        });
    }

    private @Nullable Throwable failure() {
        try {
            once();
            return null;
        } catch (Exception | Error e) {
            return e;
        }
    }
}
