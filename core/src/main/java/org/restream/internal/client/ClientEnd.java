package org.restream.internal.client;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.restream.internal.concurrent.JvmHold;
import org.restream.internal.concurrent.UserContext;

/** How a client ends: what began its end, and the exception that it fails with. Both are reported exactly once. */
final class ClientEnd {
    /**
     * Why a client ends.
     *
     * @param failure the exception that it fails with; null for the one of a closed client
     */
    record Closing(String why, @Nullable Throwable failure) {}

    /** How a client has ended; the failure is null if it has completed. */
    private record End(@Nullable Throwable failure) {}

    static final Closing CLOSED = new Closing("the client was closed", null);
    private static final Closing OVER = new Closing("the client has ended", null);

    private final ClientState state;
    private final UserContext context;
    private final boolean endsWellByClose;
    private final Completion completion;
    /** What has begun to end it early; the first one counts. */
    private final AtomicReference<@Nullable Closing> closing = new AtomicReference<>();

    private final AtomicReference<@Nullable End> end = new AtomicReference<>();

    /**
     * @param endsWellByClose whether closing the client is a normal end
     * @param completedFromOutside see {@link Completion}
     */
    ClientEnd(ClientState state, UserContext context, boolean endsWellByClose, Runnable completedFromOutside) {
        this.state = state;
        this.context = context;
        this.endsWellByClose = endsWellByClose;
        completion = new Completion(completedFromOutside);
    }

    /** Begins the end; returns false if an earlier call has begun it. */
    boolean begin(Closing by) {
        return closing.compareAndSet(null, by);
    }

    /** What has begun the end; null if nothing has. */
    @Nullable
    Closing begun() {
        return closing.get();
    }

    /** Records that the client has ended by itself, unless something else has begun the end before. */
    void beginOver() {
        closing.compareAndSet(null, OVER);
    }

    /** The exception of a closed client; null if closing is a normal end. */
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

    /** Ends the client on its own thread; the failure is null if it has completed. */
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

    /** Ends the client on another thread, if a handler or listener does not return. */
    void concludeElsewhere() {
        Throwable failure = failureByClose();
        if (end.compareAndSet(null, new End(failure))) {
            state.closedElsewhere(untold(failure), context);
            complete(failure);
        } else {
            // it is in the listener of the last event
            End first = end.get();
            complete(first == null ? failure : first.failure);
        }
    }

    boolean isConcluded() {
        return end.get() != null;
    }

    /** The failure, if no event has reported it yet. */
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
