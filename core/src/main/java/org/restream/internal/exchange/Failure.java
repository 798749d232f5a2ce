package org.restream.internal.exchange;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;
import org.restream.ConnectionLostException;
import org.restream.HeaderTooLargeException;
import org.restream.MalformedHeaderException;
import org.restream.RestreamException;
import org.restream.internal.exchange.Outcome.Kind;
import org.restream.internal.link.StoppedReadingException;

/** Why an exchange can't complete. The first reason counts, whichever thread has it, and it cuts the connection. */
final class Failure {
    record Reason(Kind kind, Throwable cause) {}

    private final AtomicReference<@Nullable Reason> reason = new AtomicReference<>();
    private final Supplier<String> progress;
    private final Runnable cut;

    /**
     * Makes one.
     *
     * @param progress how far the exchange has come, for the message
     * @param cut aborts the link and wakes who waits
     */
    Failure(Supplier<String> progress, Runnable cut) {
        this.progress = progress;
        this.cut = cut;
    }

    boolean happened() {
        return reason.get() != null;
    }

    @Nullable
    Reason reason() {
        return reason.get();
    }

    /** The connection, or the peer, or our own closing of it. */
    void lost(IOException cause) {
        if (!happened()) {
            fail(new Reason(Kind.LOST, isOfTheProtocol(cause) ? cause : lostException(cause)));
        }
    }

    /** Our own code threw. After a loss what it throws is taken for the consequence. */
    void threw(Throwable thrown) {
        fail(new Reason(isRefusal(thrown) ? Kind.LOST : Kind.BROKEN, thrown));
    }

    /** Whether a write's failure came back: it is the peer's doing, not a fault of our code. */
    static boolean isRefusal(Throwable thrown) {
        return thrown instanceof ConnectionLostException && thrown.getCause() instanceof StoppedReadingException;
    }

    /** Our own code aborted it. */
    void aborted() {
        fail(new Reason(Kind.BROKEN, new RestreamException("the exchange was aborted by this side")));
    }

    private void fail(Reason why) {
        Reason first = reason.compareAndExchange(null, why);
        if (first == null) {
            cut.run();
        } else if (why.cause != first.cause && !isOurs(why.cause) && !isOurs(why.cause.getCause())) {
            first.cause.addSuppressed(why.cause);
        }
    }

    /** What to throw to somebody who reads or writes on: a new one each time, so that one may be suppressed by another. */
    IOException exception() {
        Reason why = reason.get();
        if (why == null) {
            throw new IllegalStateException("nothing has failed");
        }
        Throwable cause = why.cause;
        if (cause instanceof MalformedHeaderException) {
            return new MalformedHeaderException(String.valueOf(cause.getMessage()), cause);
        }
        if (cause instanceof HeaderTooLargeException tooLarge) {
            return new HeaderTooLargeException(tooLarge.maxHeaderBytes());
        }
        if (why.kind == Kind.BROKEN) {
            return new ConnectionLostException("the exchange was aborted: " + cause, cause);
        }
        return new ConnectionLostException(String.valueOf(cause.getMessage()), cause.getCause());
    }

    private ConnectionLostException lostException(IOException cause) {
        String why = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return new ConnectionLostException("lost " + progress.get() + ": " + why, cause);
    }

    /** Thrown by us to our own code, and come back from it. */
    private static boolean isOurs(@Nullable Throwable thrown) {
        return thrown instanceof RestreamException;
    }

    private static boolean isOfTheProtocol(IOException cause) {
        return cause instanceof MalformedHeaderException
                || cause instanceof HeaderTooLargeException
                || cause instanceof SSLHandshakeException
                || cause instanceof ConnectionLostException;
    }
}
