package org.restream.internal.client;

import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.function.DoubleSupplier;
import org.restream.ClientOptions;
import org.restream.GaveUpException;
import org.restream.Reconnect;
import org.restream.internal.exchange.Outcome;

/** What a client does next, as a function of where it stands and what happened. It knows neither clock nor socket. */
final class Policy {
    private final ClientOptions options;
    private final DoubleSupplier chance;

    /**
     * Makes one.
     *
     * @param chance gives a number from 0 to 1 for each wait
     */
    Policy(ClientOptions options, DoubleSupplier chance) {
        this.options = options;
        this.chance = chance;
    }

    /** Never throws: a back-off that does, or gives no delay, stops the client with that. */
    Next after(Position position, Result result) {
        try {
            return decide(position, result);
        } catch (Throwable e) {
            return new Next.Stop(failures(position, result), e);
        }
    }

    private Next decide(Position position, Result result) {
        if (result instanceof Result.NotConnected failed) {
            return afterFailure(position, failures(position, result), failed.cause());
        }
        Outcome outcome = ((Result.Ended) result).outcome();
        return switch (outcome.kind()) {
            case COMPLETED -> afterCompletion(position, outcome);
            case LOST -> afterLoss(position, failures(position, result), outcome);
            case BROKEN -> new Next.Stop(failures(position, result), cause(outcome));
        };
    }

    /** How many attempts in a row have failed, an exchange's loss included: the peer's header set the count back. */
    static int failures(Position position, Result result) {
        if (result instanceof Result.Ended ended) {
            if (ended.outcome().kind() == Outcome.Kind.COMPLETED) {
                return 0;
            }
            if (ended.outcome().peerSpoke()) {
                return 1;
            }
        }
        // a client may try for months: after the largest number it counts from 1 again
        return position.failures() == Integer.MAX_VALUE ? 1 : position.failures() + 1;
    }

    private Next afterCompletion(Position position, Outcome outcome) {
        if (options.reconnect() != Reconnect.ALWAYS) {
            return new Next.Done();
        }
        // a server that ends without a word is not hammered: it may be one that only accepts and closes
        Duration delay = outcome.headerCame()
                ? Duration.ZERO
                : jittered(options.backoff().delay(1));
        return new Next.Retry(new Position(position.server(), position.attempt() + 1, 0, 0), delay);
    }

    private Next afterLoss(Position position, int failures, Outcome outcome) {
        if (options.reconnect() == Reconnect.UNTIL_CONNECTED) {
            return new Next.Stop(failures, cause(outcome));
        }
        return afterFailure(position, failures, cause(outcome));
    }

    private Next afterFailure(Position position, int failures, Throwable cause) {
        if (options.maxFailures() > 0 && failures >= options.maxFailures()) {
            return new Next.Stop(failures, gaveUp(position, failures, cause));
        }
        int servers = options.servers().size();
        // not the count of failures: servers that lose each connection after their header set that back each time
        int failedOfPass = position.failedOfPass() + 1;
        boolean withinPass = options.fastFailover() && failedOfPass < servers;
        Duration delay = withinPass ? Duration.ZERO : jittered(options.backoff().delay(failures));
        int next = (position.server() + 1) % servers;
        return new Next.Retry(
                new Position(next, position.attempt() + 1, failures, withinPass ? failedOfPass : 0), delay);
    }

    private Duration jittered(Duration delay) {
        Objects.requireNonNull(delay, "the back-off's delay must not be null");
        if (delay.isNegative()) {
            throw new IllegalArgumentException("the back-off's delay must not be negative, but is " + delay);
        }
        if (options.jitter() == 0) {
            return delay;
        }
        return Duration.ofNanos((long) (Waits.nanos(delay) * (1 - options.jitter() * chance.getAsDouble())));
    }

    private GaveUpException gaveUp(Position position, int failures, Throwable cause) {
        return new GaveUpException(
                String.format(
                        "gave up after %d failed attempt%s in a row; servers %s; the last one, at %s: %s",
                        failures,
                        failures == 1 ? "" : "s",
                        options.servers(),
                        options.servers().get(position.server()),
                        cause.getMessage()),
                cause);
    }

    private static Throwable cause(Outcome outcome) {
        Throwable cause = outcome.cause();
        return cause == null ? new IOException("no cause is known") : cause;
    }
}
