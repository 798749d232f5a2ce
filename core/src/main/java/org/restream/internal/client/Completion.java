package org.restream.internal.client;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A client's completion. Each caller gets a copy; completing a copy does not affect the others, but closes the client.
 */
final class Completion {
    private final CompletableFuture<Void> future = new CompletableFuture<>();
    private final Runnable completedFromOutside;

    /**
     * @param completedFromOutside is run when a user has completed a copy, on a thread that must not wait
     */
    Completion(Runnable completedFromOutside) {
        this.completedFromOutside = completedFromOutside;
    }

    CompletableFuture<Void> copy() {
        CompletableFuture<Void> copy = new CompletableFuture<>();
        // not whenComplete, which wraps the failure and calls its toString: that of a user's exception may throw
        CompletableFuture<Boolean> unused = future.handle(
                (done, failure) -> failure == null ? copy.complete(null) : copy.completeExceptionally(failure));
        unused = copy.handle((done, failure) -> {
            if (!future.isDone()) {
                completedFromOutside.run();
            }
            return true;
        });
        return copy;
    }

    /** Completes it; returns false if an earlier call has. */
    boolean complete(@Nullable Throwable failure) {
        return failure == null ? future.complete(null) : future.completeExceptionally(failure);
    }
}
