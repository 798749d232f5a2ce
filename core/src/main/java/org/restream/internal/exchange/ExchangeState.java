package org.restream.internal.exchange;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;
import org.restream.ConnectionLostException;
import org.restream.HeaderTooLargeException;
import org.restream.MalformedHeaderException;
import org.restream.RefusedException;
import org.restream.RestreamException;
import org.restream.internal.concurrent.Monitor;
import org.restream.internal.concurrent.OwnThread;
import org.restream.internal.link.Link;
import org.restream.internal.text.SafeText;

/**
 * The state of an exchange: OPEN, then either COMPLETED or FAILED, which is final. Only this class closes or aborts the
 * link. The first reason for a failure counts, whichever thread has found it.
 */
final class ExchangeState {
    /** Why the exchange has failed. */
    record Failed(Reason reason, Throwable cause) {}

    private static final Object COMPLETED = "COMPLETED";

    /** There are many exchanges, so no object for each end. */
    private static final AtomicReferenceFieldUpdater<ExchangeState, @Nullable Object> END =
            AtomicReferenceFieldUpdater.newUpdater(ExchangeState.class, Object.class, "end");

    /** How far it has come. */
    final Progress progress = new Progress();
    /** Is signalled when the exchange completes or fails, and when it has made progress that somebody may wait for. */
    final Monitor monitor = new Monitor();

    private final Link link;
    private final OwnThread handlerThread;
    private volatile @Nullable Object end;

    /**
     * @param handlerThread hears of each thread that finds the failure or gets an exception for it
     */
    ExchangeState(Link link, OwnThread handlerThread) {
        this.handlerThread = handlerThread;
        this.link = link;
    }

    boolean isOpen() {
        return end == null;
    }

    boolean isCompleted() {
        return end == COMPLETED;
    }

    /** Why the exchange has failed; null if it has not. */
    @Nullable
    Failed failed() {
        return end instanceof Failed failed ? failed : null;
    }

    /**
     * Call this when both messages have ended cleanly and nothing else is to be done. Returns whether it is COMPLETED
     * now.
     */
    boolean complete() {
        if (END.compareAndSet(this, null, COMPLETED)) {
            link.close();
        }
        return isCompleted();
    }

    /** Records that a call of ours has found the connection lost. */
    void lost(IOException cause) {
        fail(Reason.ofLoss(cause), cause);
    }

    /**
     * Fails the exchange, and aborts the link.
     *
     * @return whether this is the reason; if not, there was an earlier one, or the exchange is COMPLETED
     */
    boolean fail(Reason reason, Throwable cause) {
        return fail(reason, cause, () -> {});
    }

    /** The same; {@code ending} may end the link in another way before it is aborted. */
    boolean fail(Reason reason, Throwable cause, Runnable ending) {
        if (!isOpen()) {
            return suppressed(cause);
        }
        Failed failed = new Failed(reason, described(reason, cause));
        if (!END.compareAndSet(this, null, failed)) {
            return suppressed(cause);
        }
        handlerThread.heard();
        try {
            ending.run();
            if (reason == Reason.HEADER) {
                link.abortForHeader(SafeText.message(cause));
            } else {
                link.abort();
            }
        } finally {
            monitor.signal();
        }
        return true;
    }

    /** Adds a later failure, which is usually a consequence, to the first one as suppressed. */
    private boolean suppressed(Throwable cause) {
        Failed first = failed();
        if (first != null && cause != first.cause && !isOurs(cause) && !isOurs(cause.getCause())) {
            first.cause.addSuppressed(cause);
        }
        return false;
    }

    /**
     * Whether the library threw this exception to the user's code, which has rethrown it: it has no new information.
     */
    private static boolean isOurs(@Nullable Throwable thrown) {
        return thrown instanceof RestreamException;
    }

    private Throwable described(Reason reason, Throwable cause) {
        return switch (reason) {
            case CONNECTION, LIMIT, CLOSED, EMPTY -> cause instanceof RestreamException ? cause : lost(cause);
            default -> cause;
        };
    }

    private ConnectionLostException lost(Throwable cause) {
        return new ConnectionLostException("lost " + progress + ": " + SafeText.message(cause), cause);
    }

    /** Throws if the exchange has failed. */
    void check() throws IOException {
        if (failed() != null) {
            throw exception();
        }
    }

    /**
     * The exception for reads and writes after the failure. Always a new one, so that one can be suppressed in another.
     */
    IOException exception() {
        Failed failed = failed();
        if (failed == null) {
            throw new IllegalStateException("the exchange has not failed");
        }
        handlerThread.heard();
        Throwable cause = failed.cause;
        String message = SafeText.message(cause);
        if (cause instanceof MalformedHeaderException) {
            return new MalformedHeaderException(message, cause);
        }
        if (cause instanceof HeaderTooLargeException tooLarge) {
            return new HeaderTooLargeException(tooLarge.maxHeaderBytes());
        }
        if (cause instanceof RefusedException refused) {
            RefusedException again =
                    new RefusedException(refused.reason(), refused.retryAfter().orElse(null));
            again.initCause(refused);
            return again;
        }
        return switch (failed.reason) {
            case CONNECTION, LIMIT, EMPTY, STOPPED_READING, CLOSED ->
                new ConnectionLostException(message, cause.getCause());
            case PROTOCOL, HEADER, HANDSHAKE -> new RestreamException(message, cause);
            default -> new ConnectionLostException("the exchange was aborted: " + SafeText.of(cause), cause);
        };
    }
}
