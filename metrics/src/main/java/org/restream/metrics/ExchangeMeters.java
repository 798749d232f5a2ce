package org.restream.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.restream.FailureKind;

/** Counts exchanges: how many, how long, how large, and what became of them. */
final class ExchangeMeters {
    /** Why a client may lose one. */
    static final List<FailureKind> OF_CLIENT = List.of(
            FailureKind.CONNECTION,
            FailureKind.LIMIT,
            FailureKind.STOPPED_READING,
            FailureKind.PROTOCOL,
            FailureKind.HEADER,
            FailureKind.EMPTY,
            FailureKind.TRY_AGAIN);

    /** Why a server may lose one. */
    static final List<FailureKind> OF_SERVER = List.of(
            FailureKind.CONNECTION,
            FailureKind.LIMIT,
            FailureKind.STOPPED_READING,
            FailureKind.PROTOCOL,
            FailureKind.SESSION);

    private enum Outcome {
        COMPLETED,
        LOST,
        REFUSED,
        FAILED,
        ABORTED,
        CLOSED;

        static Outcome of(@Nullable FailureKind kind) {
            if (kind == null) {
                return COMPLETED;
            }
            return switch (kind) {
                case REFUSED -> REFUSED;
                case HANDLER -> FAILED;
                case ABORTED -> ABORTED;
                case CLOSED -> CLOSED;
                default -> LOST;
            };
        }
    }

    private final Counter begun;
    private final AtomicLong now;
    private final Map<Outcome, Timer> durations = new EnumMap<>(Outcome.class);
    private final CauseCounters losses;
    private final Counter refusals;
    private final Counter handlerFailures;
    private final Counter sent;
    private final Counter received;

    /**
     * @param causes why exchanges of this side may be lost
     */
    ExchangeMeters(Meters meters, List<FailureKind> causes) {
        begun = meters.counter(".exchanges", "Exchanges that have begun");
        now = meters.now(".exchanges.active", "Exchanges that run now");
        for (Outcome outcome : Outcome.values()) {
            durations.put(
                    outcome,
                    meters.timer(".exchange.duration", "How long exchanges took", "outcome", lower(outcome.name())));
        }
        losses = new CauseCounters(meters, ".losses", "Exchanges that were lost", causes);
        refusals = meters.counter(".requests.refused", "Requests that a handler has refused");
        handlerFailures = meters.counter(".handler.failures", "Exchanges that failed because their handler did");
        sent = meters.bytes(".sent", "Body bytes sent, counted at the end of their exchange");
        received = meters.bytes(".received", "Body bytes received, counted at the end of their exchange");
    }

    static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    void began() {
        begun.increment();
        now.incrementAndGet();
    }

    /** It was no exchange after all. */
    void dropped() {
        now.decrementAndGet();
    }

    /**
     * It has ended.
     *
     * @param kind why it has not completed; null if it has
     */
    void ended(@Nullable FailureKind kind, Duration duration, long bytesSent, long bytesReceived) {
        now.decrementAndGet();
        sent.increment((double) bytesSent);
        received.increment((double) bytesReceived);
        Outcome outcome = Outcome.of(kind);
        Timer timer = durations.get(outcome);
        if (timer != null) {
            timer.record(duration);
        }
        if (outcome == Outcome.REFUSED) {
            refusals.increment();
        } else if (outcome == Outcome.FAILED) {
            handlerFailures.increment();
        } else if (kind != null && outcome == Outcome.LOST) {
            losses.increment(kind);
        }
    }
}
