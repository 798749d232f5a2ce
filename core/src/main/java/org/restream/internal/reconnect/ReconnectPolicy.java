package org.restream.internal.reconnect;

import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.function.DoubleSupplier;
import org.restream.ClientOptions;
import org.restream.GaveUpException;
import org.restream.Reconnect;
import org.restream.internal.text.SafeText;

/**
 * Decides what a client does next, as a function of its state and the last result. It knows neither clock nor sockets.
 */
public final class ReconnectPolicy {
    /**
     * The state of a client between attempts.
     *
     * @param server the index of the server to try
     * @param attempt the number of the attempt, from 1
     * @param failures how many attempts in a row have failed before this one
     * @param failedOfPass how many servers have failed since the last wait or completed exchange; used with
     *     fastFailover only
     */
    public record State(int server, long attempt, int failures, int failedOfPass) {
        /** The state before the first attempt. */
        public static final State START = new State(0, 1, 0, 0);
    }

    /** What a client does after an attempt. */
    public sealed interface Decision {
        /** How many attempts in a row have failed, including this one. */
        int failures();

        /**
         * Try again.
         *
         * @param state the state of the next attempt
         * @param delay the wait before it, 0 or more
         */
        record Retry(State state, Duration delay) implements Decision {
            @Override
            public int failures() {
                return state.failures;
            }
        }

        /** The exchange is complete, and no other is wanted. */
        record Done() implements Decision {
            @Override
            public int failures() {
                return 0;
            }
        }

        /**
         * Make no further attempt.
         *
         * @param cause the exception that the client fails with
         */
        record Stop(int failures, Throwable cause) implements Decision {}
    }

    private final ClientOptions options;
    private final DoubleSupplier chance;

    /**
     * @param chance returns a random number from 0 to 1 for each wait
     */
    public ReconnectPolicy(ClientOptions options, DoubleSupplier chance) {
        this.options = options;
        this.chance = chance;
    }

    /**
     * The decision after an attempt. Never throws: if the back-off throws or returns no valid delay, the client stops.
     */
    public Decision after(State state, AttemptResult result) {
        int failures = failures(state, result);
        try {
            return decide(state, result, failures);
        } catch (Throwable e) {
            return new Decision.Stop(failures, e);
        }
    }

    private Decision decide(State state, AttemptResult result, int failures) {
        if (result instanceof AttemptResult.NotConnected failed) {
            return failed.forGood()
                    ? new Decision.Stop(failures, failed.cause())
                    : afterFailure(state, failures, failed.cause());
        } else if (result instanceof AttemptResult.Completed completed) {
            return afterCompletion(state, completed);
        } else if (result instanceof AttemptResult.Lost lost) {
            return options.reconnect() == Reconnect.UNTIL_CONNECTED
                    ? new Decision.Stop(failures, lost.cause())
                    : afterFailure(state, failures, lost.cause());
        } else if (result instanceof AttemptResult.Refused refused) {
            return afterRefusal(state, failures, refused);
        }
        return new Decision.Stop(failures, ((AttemptResult.Broken) result).cause());
    }

    /**
     * The number of failures in a row, this one included. The peer's header sets it back, so a loss after it is failure
     * 1.
     */
    private static int failures(State state, AttemptResult result) {
        if (result instanceof AttemptResult.Completed) {
            return 0;
        }
        if (result instanceof AttemptResult.Lost lost && lost.peerSpoke()) {
            return 1;
        }
        // a client may try for months: after the largest number count from 1 again
        return state.failures == Integer.MAX_VALUE ? 1 : state.failures + 1;
    }

    private Decision afterCompletion(State state, AttemptResult.Completed completed) {
        if (options.reconnect() != Reconnect.ALWAYS) {
            return new Decision.Done();
        }
        // wait before the next attempt if the server ended without a byte: it may only accept and close
        Duration delay = completed.headerCame()
                ? Duration.ZERO
                : jittered(options.backoff().delay(1));
        return new Decision.Retry(new State(state.server, state.attempt + 1, 0, 0), delay);
    }

    private Decision afterRefusal(State state, int failures, AttemptResult.Refused refused) {
        Duration retryAfter = refused.cause().retryAfter().orElse(null);
        if (retryAfter == null || options.reconnect() == Reconnect.UNTIL_CONNECTED) {
            return new Decision.Stop(failures, refused.cause());
        }
        if (isEnough(failures)) {
            return new Decision.Stop(failures, gaveUp(state, failures, refused.cause()));
        }
        return new Decision.Retry(new State(nextServer(state), state.attempt + 1, failures, 0), retryAfter);
    }

    private Decision afterFailure(State state, int failures, Throwable cause) {
        if (isEnough(failures)) {
            return new Decision.Stop(failures, gaveUp(state, failures, cause));
        }
        // not the count of failures, which servers set back if they lose each connection after their header
        int failedOfPass = state.failedOfPass + 1;
        boolean withinPass =
                options.fastFailover() && failedOfPass < options.servers().size();
        Duration delay = withinPass ? Duration.ZERO : jittered(options.backoff().delay(failures));
        return new Decision.Retry(
                new State(nextServer(state), state.attempt + 1, failures, withinPass ? failedOfPass : 0), delay);
    }

    private boolean isEnough(int failures) {
        return options.maxFailures() > 0 && failures >= options.maxFailures();
    }

    private int nextServer(State state) {
        return (state.server + 1) % options.servers().size();
    }

    private Duration jittered(Duration delay) {
        Objects.requireNonNull(delay, "the back-off's delay must not be null");
        if (delay.isNegative()) {
            throw new IllegalArgumentException("the back-off's delay must not be negative, but is " + delay);
        }
        if (options.jitter() == 0) {
            return delay;
        }
        return Duration.ofNanos((long) (nanos(delay) * (1 - options.jitter() * chance.getAsDouble())));
    }

    /** The duration in nanoseconds, at most about 292 years. */
    public static long nanos(Duration duration) {
        try {
            return duration.toNanos();
        } catch (ArithmeticException e) {
            return Long.MAX_VALUE;
        }
    }

    private GaveUpException gaveUp(State state, int failures, Throwable cause) {
        return new GaveUpException(
                String.format(
                        Locale.ROOT,
                        "gave up after %d failed attempt%s in a row; servers %s; the last one, at %s: %s",
                        failures,
                        failures == 1 ? "" : "s",
                        options.servers(),
                        options.servers().get(state.server),
                        SafeText.message(cause)),
                cause);
    }
}
