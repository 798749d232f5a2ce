package org.restream.internal.exchange;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.restream.ConnectionLostException;
import org.restream.HeaderTooLargeException;
import org.restream.MalformedHeaderException;
import org.restream.RefusedException;
import org.restream.RestreamException;
import org.restream.internal.concurrent.Monitor;
import org.restream.internal.link.Link;
import org.restream.internal.text.SafeText;

/**
 * The state of an exchange: OPEN, then COMPLETED or FAILED, once and for all. Only it closes or aborts the link. The first reason
 * counts, whichever thread has found it.
 */
final class ExchangeState {
    /** Why it has failed. */
    record Failed(Reason reason, Throwable cause) {}

    private static final Object COMPLETED = "COMPLETED";

    private final AtomicReference<@Nullable Object> end = new AtomicReference<>();
    private final Link link;
    private final Monitor monitor;
    private final Progress progress;
    private final Runnable heard;

    /**
     * @param monitor is signalled when it ends
     * @param heard is run by each thread that is told that it has failed, or has found it
     */
    ExchangeState(Link link, Monitor monitor, Progress progress, Runnable heard) {
        this.heard = heard;
        this.link = link;
        this.monitor = monitor;
        this.progress = progress;
    }

    boolean isOpen() {
        return end.get() == null;
    }

    boolean isCompleted() {
        return end.get() == COMPLETED;
    }

    /** Why it has failed; null while it has not. */
    @Nullable
    Failed failed() {
        return end.get() instanceof Failed failed ? failed : null;
    }

    /** Both messages have ended cleanly, and nothing else is to be done; whether it is COMPLETED now. */
    boolean complete() {
        if (end.compareAndSet(null, COMPLETED)) {
            link.close();
        }
        return isCompleted();
    }

    /** The connection has failed, under a call of ours. */
    void lost(IOException cause) {
        fail(Reason.CONNECTION, cause);
    }

    /**
     * It can't complete: cuts the connection.
     *
     * @return whether this is the reason; if not, another came first, or it is COMPLETED
     */
    boolean fail(Reason reason, Throwable cause) {
        if (!isOpen()) {
            return suppressed(cause);
        }
        Failed failed = new Failed(reason, described(reason, cause));
        if (!end.compareAndSet(null, failed)) {
            return suppressed(cause);
        }
        heard.run();
        try {
            link.abort();
        } finally {
            monitor.signal();
        }
        return true;
    }

    /** What comes after a failure is its consequence, as a rule, and may be more: the first one keeps it. */
    private boolean suppressed(Throwable cause) {
        Failed first = failed();
        if (first != null && cause != first.cause && !isOurs(cause) && !isOurs(cause.getCause())) {
            first.cause.addSuppressed(cause);
        }
        return false;
    }

    /** Thrown by us to the user's code, and come back from it: it says nothing new. */
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

    /** Throws what has ended it, if it has failed. */
    void check() throws IOException {
        if (failed() != null) {
            throw exception();
        }
    }

    /** What to throw to somebody who reads or writes on: a new one each time, so that one may be suppressed by another. */
    IOException exception() {
        Failed failed = failed();
        if (failed == null) {
            throw new IllegalStateException("the exchange has not failed");
        }
        heard.run();
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
