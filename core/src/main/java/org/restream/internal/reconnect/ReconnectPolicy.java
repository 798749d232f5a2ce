package org.restream.internal.reconnect;

import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.function.DoubleSupplier;
import org.restream.ClientOptions;
import org.restream.GaveUpException;
import org.restream.Reconnect;
import org.restream.internal.text.SafeText;

/** What a client does next, as a function of where it stands and what happened. It knows neither clock nor socket. */
public final class ReconnectPolicy {
    /**
     * Where a client stands.
     *
     * @param server the index of the server to try
     * @param attempt the number of the attempt, from 1
     * @param failures how many attempts in a row have failed before it
     * @param failedOfPass how many servers have failed since the last wait or completed exchange; counts with fastFailover only
     */
    public record State(int server, long attempt, int failures, int failedOfPass) {
        /** Before the first attempt. */
        public static final State START = new State(0, 1, 0, 0);
    }

    /** What a client does after an attempt. */
    public sealed interface Decision {
        /** How many attempts in a row have failed, this one included. */
        int failures();

        /**
         * Try again.
         *
         * @param state where it then stands
         * @param delay the wait before, not negative
         */
        record Retry(State state, Duration delay) implements Decision {
            @Override
            public int failures() {
                return state.failures;
            }
        }

        /** The exchange is complete, and no other wanted. */
        record Done() implements Decision {
            @Override
            public int failures() {
                return 0;
            }
        }

        /**
         * No further attempt.
         *
         * @param cause what the client fails with
         */
        record Stop(int failures, Throwable cause) implements Decision {}
    }

    private final ClientOptions options;
    private final DoubleSupplier chance;

    /**
     * @param chance gives a number from 0 to 1 for each wait
     */
    public ReconnectPolicy(ClientOptions options, DoubleSupplier chance) {
        this.options = options;
        this.chance = chance;
    }

    /** Never throws: a back-off that does, or gives no delay, stops the client with that. */
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
            return afterFailure(state, failures, failed.cause());
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

    /** An exchange's loss counts too: the peer's header set the count back. */
    private static int failures(State state, AttemptResult result) {
        if (result instanceof AttemptResult.Completed) {
            return 0;
        }
        if (result instanceof AttemptResult.Lost lost && lost.peerSpoke()) {
            return 1;
        }
        // a client may try for months: after the largest number it counts from 1 again
        return state.failures == Integer.MAX_VALUE ? 1 : state.failures + 1;
    }

    private Decision afterCompletion(State state, AttemptResult.Completed completed) {
        if (options.reconnect() != Reconnect.ALWAYS) {
            return new Decision.Done();
        }
        // a server that ends without a word is not hammered: it may be one that only accepts and closes
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
        // not the count of failures: servers that lose each connection after their header set that back each time
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

    /** In nanoseconds; a duration that is too long for them is about 292 years. */
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
