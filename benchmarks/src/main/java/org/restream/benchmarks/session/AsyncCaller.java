package org.restream.benchmarks.session;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A client whose exchanges call back; a loop starts each in the call of the one before. */
public abstract class AsyncCaller implements Caller {
    /** What is called at the end of an exchange. */
    public interface Done {
        void ended(@Nullable Throwable failure);
    }

    /** Starts an exchange of {@link Body} and returns. */
    protected abstract void start(Done done);

    @Override
    public final void once() throws Exception {
        CompletableFuture<Void> ended = new CompletableFuture<>();
        start(failure -> {
            if (failure == null) {
                ended.complete(null);
            } else {
                ended.completeExceptionally(failure);
            }
        });
        ended.get();
    }

    @Override
    public final void loop(Loop loop) {
        if (!loop.more()) {
            loop.over();
            return;
        }
        long began = System.nanoTime();
        start(failure -> {
            loop.ended(began, failure);
            loop(loop);
        });
    }
}
