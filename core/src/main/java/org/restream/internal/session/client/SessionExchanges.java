package org.restream.internal.session.client;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.restream.ClientEvent;
import org.restream.ClientOptions;
import org.restream.ExchangeOptions;
import org.restream.RestreamException;
import org.restream.RestreamSession.Handler;
import org.restream.internal.concurrent.Threads;
import org.restream.internal.concurrent.Timer;
import org.restream.internal.concurrent.UserContext;
import org.restream.internal.event.EventReporter;
import org.restream.internal.exchange.Exchange;
import org.restream.internal.exchange.ExchangeConfig;
import org.restream.internal.exchange.ExchangePeer;
import org.restream.internal.exchange.Outcome;
import org.restream.internal.exchange.Reason;
import org.restream.internal.jfr.ExchangeFlight;
import org.restream.internal.jfr.Flight;
import org.restream.internal.link.Peer;
import org.restream.internal.session.carrier.SessionLink;
import org.restream.internal.session.wire.CutCode;
import org.restream.internal.text.SafeText;

/** Runs the exchanges of a client's session, and says how they ended. */
final class SessionExchanges {
    private final String name;
    private final UserContext context;
    /** Any time, as a number of nanoseconds has room for. */
    static final Duration LONG = Duration.ofDays(36_500);

    private static final String LATE = "its time was over";

    private final ExchangeConfig config;
    private final EventReporter<ClientEvent> reporter;
    private final boolean interrupts;
    /** By numbers, since the hash code of an object itself is slow to make. */
    private final Map<Long, Exchange> running = new ConcurrentHashMap<>();

    private final AtomicLong count = new AtomicLong();

    SessionExchanges(ClientOptions options, String name, UserContext context, EventReporter<ClientEvent> reporter) {
        this.name = name;
        this.context = context;
        this.reporter = reporter;
        interrupts = options.interruptOnLoss();
        config = new ExchangeConfig(
                ExchangeConfig.Side.CLIENT,
                options.maxHeaderBytes(),
                options.allowEmptyAnswer(),
                options.refusals(),
                false,
                Timer.system(),
                work -> Threads.unstarted(name + "-reader", context.around(work)),
                bug -> reporter.logBug("a session's listener failed after its exchange had ended", bug));
    }

    /**
     * Runs one on the calling thread.
     *
     * @param cancelled whether the thread has been interrupted to cancel it: a listener may have swallowed that
     */
    <T> T run(SessionLink link, ExchangeOptions limits, Handler<T> handler, BooleanSupplier cancelled)
            throws IOException, InterruptedException {
        Exchange exchange = new Exchange(link, new ExchangePeer(link, link.serial()), config, Duration.ZERO);
        Timer.Task late = limit(link, exchange, limits.timeout());
        if (interrupts) {
            link.onCut(why -> cut(link, exchange, why));
        }
        Result<T> result = new Result<>();
        Outcome outcome = null;
        long began = config.timer().nanoTime();
        ExchangeFlight flight = Flight.exchange(ExchangeFlight.Side.CLIENT);
        reporter.report(new ClientEvent.ExchangeBegan(link.serial()));
        if (cancelled.getAsBoolean()) {
            Thread.currentThread().interrupt();
        }
        Long number = count.incrementAndGet();
        running.put(number, exchange);
        try {
            outcome = exchange.run(() -> result.value = handler.handle(exchange.outgoing(), exchange.incoming()));
        } finally {
            running.remove(number);
            late.cancel();
            ClientEvent.ExchangeEnded ended = ended(
                    link, exchange, outcome, Duration.ofNanos(config.timer().nanoTime() - began));
            Throwable cause = outcome == null ? null : outcome.cause();
            Peer peer = flight.isRecorded() && link.isStarted() ? link : null;
            flight.ended(peer, link.serial(), ended.bytesSent(), ended.bytesReceived(), ended.kind(), cause);
            reporter.report(ended);
        }
        if (outcome.isComplete()) {
            return result.value();
        }
        throw failure(link, outcome);
    }

    private static ClientEvent.ExchangeEnded ended(
            SessionLink link, Exchange exchange, @Nullable Outcome outcome, Duration duration) {
        Reason reason = outcome == null ? Reason.HANDLER : outcome.reason();
        return new ClientEvent.ExchangeEnded(
                link.serial(),
                exchange.bytes().sent(),
                exchange.bytes().received(),
                duration,
                reason == null ? null : reason.kind());
    }

    /** It is cut, or its session over: a handler that waits for something else hears of it, unless it has the answer. */
    private static void cut(SessionLink link, Exchange exchange, IOException why) {
        if (!link.hasPeerEnded()) {
            exchange.cancel(Reason.ofLoss(why), SafeText.message(why));
        }
    }

    private static Timer.Task limit(SessionLink link, Exchange exchange, Duration timeout) {
        // one that nobody lives to see is none
        if (timeout.isZero() || timeout.compareTo(LONG) > 0) {
            return Timer.Task.NONE;
        }
        link.deadline(timeout);
        // the reason first, since a thread that waits for the link records what it hears
        return Timer.system()
                .after(timeout, () -> exchange.cancel(Reason.LIMIT, LATE, () -> link.abort(CutCode.DEADLINE, LATE)));
    }

    /** What the handler has returned. */
    private static final class Result<T> {
        private @Nullable T value;

        @SuppressWarnings("NullAway") // a handler may return null
        T value() {
            return value;
        }
    }

    private static IOException failure(SessionLink link, Outcome outcome) throws InterruptedException {
        Throwable cause = outcome.cause() == null ? new IOException("no cause is known") : outcome.cause();
        if (outcome.reason() == Reason.LIMIT) {
            // the timer has recorded the reason, and may not have come to the cut yet; where it has, this does nothing
            link.abort(CutCode.DEADLINE, LATE);
        }
        IOException told = isOwn(outcome.reason()) ? null : LinkFailure.of(link, cause);
        if (told != null) {
            return told;
        }
        if (cause instanceof ClosedByInterruptException || cause instanceof InterruptedIOException) {
            throw new InterruptedException("the thread was interrupted, and the exchange cancelled");
        }
        if (cause instanceof IOException own) {
            return own;
        } else if (cause instanceof RuntimeException own) {
            throw own;
        } else if (cause instanceof Error own) {
            throw own;
        } else if (cause instanceof InterruptedException own) {
            throw own;
        }
        return new RestreamException(SafeText.message(cause), cause);
    }

    /** Whether it failed for what the handler has thrown, or was refused; what was cut then is the consequence. */
    private static boolean isOwn(@Nullable Reason reason) {
        return reason != null && (reason.isOurs() || reason == Reason.TRY_AGAIN || reason == Reason.REFUSED);
    }

    /** Whether the calling thread runs a handler or listener of an exchange, or the client's listener. */
    boolean isRunByCaller() {
        return reporter.isReporting() || running.values().stream().anyMatch(Exchange::isRunByCaller);
    }

    /** Runs work on a thread of its own; to cancel the future interrupts it. */
    <T> CompletableFuture<T> async(Work<T> work) {
        AsyncResult<T> result = new AsyncResult<>();
        Threads.run(name + "-exchange", context.around(() -> result.run(() -> work.run(result::isCancelled))));
        return result;
    }

    /** An exchange to be run, which can see whether it was cancelled. */
    interface Work<T> {
        T run(BooleanSupplier cancelled) throws IOException, InterruptedException;
    }

    private static final class AsyncResult<T> extends CompletableFuture<T> {
        private @Nullable Thread runner;

        private void run(Callable<T> work) {
            synchronized (this) {
                if (isDone()) {
                    return;
                }
                runner = Thread.currentThread();
            }
            try {
                T value = work.call();
                end();
                complete(value);
            } catch (Throwable e) {
                end();
                completeExceptionally(e);
            }
        }

        /** From now on nobody interrupts the thread, which others use. */
        private synchronized void end() {
            runner = null;
            Thread.interrupted();
        }

        @Override
        public boolean cancel(boolean mayInterruptIfRunning) {
            boolean cancelled = super.cancel(mayInterruptIfRunning);
            synchronized (this) {
                if (cancelled && runner != null) {
                    runner.interrupt();
                }
            }
            return cancelled;
        }
    }
}
