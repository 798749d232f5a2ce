package org.restream.internal.client;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.restream.internal.concurrent.JvmHold;
import org.restream.internal.concurrent.UserContext;

/** How a client ends: what has begun it, what the client fails with, and that both are told once. */
final class ClientEnd {
    /**
     * Why it ends.
     *
     * @param failure what it fails with; null: as a client does that is closed
     */
    record Closing(String why, @Nullable Throwable failure) {}

    /** How it ended; failure is null where well. */
    private record End(@Nullable Throwable failure) {}

    static final Closing CLOSED = new Closing("the client was closed", null);
    private static final Closing OVER = new Closing("its life is over", null);

    private final ClientState state;
    private final UserContext context;
    private final boolean endsWellByClose;
    private final Completion completion;
    /** What has ended it before its time, or is about to; the first one counts. */
    private final AtomicReference<@Nullable Closing> closing = new AtomicReference<>();

    private final AtomicReference<@Nullable End> end = new AtomicReference<>();

    /**
     * @param endsWellByClose whether a client that is closed has not failed
     * @param completedFromOutside see {@link Completion}
     */
    ClientEnd(ClientState state, UserContext context, boolean endsWellByClose, Runnable completedFromOutside) {
        this.state = state;
        this.context = context;
        this.endsWellByClose = endsWellByClose;
        completion = new Completion(completedFromOutside);
    }

    /** Whether this call begins it, and not one before. */
    boolean begin(Closing by) {
        return closing.compareAndSet(null, by);
    }

    /** What has begun it; null where it goes on. */
    @Nullable
    Closing begun() {
        return closing.get();
    }

    /** Its life has come to an end by itself, unless something else has begun that before. */
    void beginOver() {
        closing.compareAndSet(null, OVER);
    }

    /** What it fails with where it is closed; null: with nothing. */
    @Nullable
    Throwable failureByClose() {
        Closing by = closing.get();
        if (by != null && by.failure != null) {
            return by.failure;
        }
        return endsWellByClose
                ? null
                : new CancellationException("the client was closed before its exchange was complete");
    }

    /** The end, as the client's own thread comes to it; failure is null where well. */
    void conclude(@Nullable Throwable failure) {
        if (!end.compareAndSet(null, new End(failure))) {
            return;
        }
        try {
            state.closed(untold(failure));
        } finally {
            complete(failure);
        }
    }

    /** The same without that thread, where a handler or listener does not return. */
    void concludeElsewhere() {
        Throwable failure = failureByClose();
        if (end.compareAndSet(null, new End(failure))) {
            state.closedElsewhere(untold(failure), context);
            complete(failure);
        } else {
            // it is in the listener that hears of the end
            End first = end.get();
            complete(first == null ? failure : first.failure);
        }
    }

    boolean isConcluded() {
        return end.get() != null;
    }

    /** What has ended it, where no event has told so. */
    private @Nullable Throwable untold(@Nullable Throwable failure) {
        Closing by = closing.get();
        return by != null && by.failure == failure ? failure : null;
    }

    private void complete(@Nullable Throwable failure) {
        boolean first = true;
        try {
            first = completion.complete(failure);
        } finally {
            if (first) {
                JvmHold.release();
            }
        }
    }

    CompletableFuture<Void> completion() {
        return completion.copy();
    }
}
