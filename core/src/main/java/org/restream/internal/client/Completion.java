package org.restream.internal.client;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A client's completion, of which everybody gets a copy: what is done to one reaches nobody else, and ends the client. */
final class Completion {
    private final CompletableFuture<Void> future = new CompletableFuture<>();
    private final Runnable completedFromOutside;

    /**
     * @param completedFromOutside is run when a copy was completed by somebody else, on a thread that must not wait
     */
    Completion(Runnable completedFromOutside) {
        this.completedFromOutside = completedFromOutside;
    }

    CompletableFuture<Void> copy() {
        CompletableFuture<Void> copy = new CompletableFuture<>();
        // not whenComplete, which wraps the failure: that asks it for its text, and a user's exception may throw then
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

    /** Whether this call has completed it, and not one before. */
    boolean complete(@Nullable Throwable failure) {
        return failure == null ? future.complete(null) : future.completeExceptionally(failure);
    }
}
