package org.restream.internal.reconnect;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.restream.ClientEvent;
import org.restream.ClientOptions;
import org.restream.FailureKind;
import org.restream.RestreamException;
import org.restream.ServerAddress;
import org.restream.internal.reconnect.ReconnectPolicy.Decision;
import org.restream.internal.reconnect.ReconnectPolicy.State;
import org.restream.internal.text.SafeText;

/** The loop of a client: attempt, decide, wait, next server. Runs on one thread. */
public final class ReconnectLoop {
    /** Makes attempts: the loop's access to the network. */
    public interface Attempt {
        /**
         * Waits until an attempt is wanted.
         *
         * @throws InterruptedException the client was closed
         */
        default void awaitWanted() throws InterruptedException {}

        /**
         * Connects and runs an exchange.
         *
         * @param number the number of the attempt, from 1
         * @param connected is run when the connection is made, before the exchange
         * @throws InterruptedException the client was closed
         */
        AttemptResult make(ServerAddress server, long number, Runnable connected) throws InterruptedException;
    }

    /**
     * Waits between attempts, until the time is over, or until {@code retryNow} or an interrupt: the loop's access to
     * time.
     */
    public interface Sleeper {
        /** Waits for the delay, or until it is ended early. */
        void sleep(Duration delay) throws InterruptedException;
    }

    private final ClientOptions options;
    private final ReconnectPolicy policy;
    private final Attempt attempt;
    private final Sleeper sleeper;
    private final Consumer<ClientEvent> events;
    private final BooleanSupplier closed;

    public ReconnectLoop(
            ClientOptions options,
            ReconnectPolicy policy,
            Attempt attempt,
            Sleeper sleeper,
            Consumer<ClientEvent> events,
            BooleanSupplier closed) {
        this.options = options;
        this.policy = policy;
        this.attempt = attempt;
        this.sleeper = sleeper;
        this.events = events;
        this.closed = closed;
    }

    /**
     * Runs until an exchange is complete, or for ever, depending on the options.
     *
     * @return the exception that the client fails with, or null if its exchange has completed
     * @throws InterruptedException the client was closed
     */
    public @Nullable Throwable run() throws InterruptedException {
        State state = State.START;
        checkClosed();
        while (true) {
            attempt.awaitWanted();
            checkClosed();
            tell(new ClientEvent.Connecting(server(state), state.attempt()));
            AttemptResult result = attempt(state);
            // a completed exchange counts, even if close() came at the same moment
            if (isClosed() && !(result instanceof AttemptResult.Completed)) {
                reportAborted(state, result);
                throw new InterruptedException("closed");
            }
            Decision next = policy.after(state, result);
            report(state, result, next.failures());
            if (next instanceof Decision.Done) {
                return null;
            }
            checkClosed();
            if (next instanceof Decision.Stop stop) {
                events.accept(new ClientEvent.GaveUp(state.attempt(), stop.failures(), stop.cause()));
                return stop.cause();
            }
            Decision.Retry retry = (Decision.Retry) next;
            state = retry.state();
            if (!retry.delay().isZero()) {
                tell(new ClientEvent.Waiting(server(state), state.attempt(), state.failures(), retry.delay()));
                sleeper.sleep(retry.delay());
                checkClosed();
            }
        }
    }

    private AttemptResult attempt(State state) throws InterruptedException {
        ServerAddress server = server(state);
        try {
            return attempt.make(
                    server, state.attempt(), () -> events.accept(new ClientEvent.Connected(server, state.attempt())));
        } catch (RuntimeException | Error e) {
            // no file descriptors or memory left, say: the next attempt may succeed
            return new AttemptResult.NotConnected(
                    new RestreamException("can't connect to " + server + ": " + SafeText.of(e), e),
                    FailureKind.HANDLER);
        }
    }

    private void report(State state, AttemptResult result, int failures) {
        ServerAddress server = server(state);
        long number = state.attempt();
        if (result instanceof AttemptResult.NotConnected failed) {
            events.accept(new ClientEvent.Failed(server, number, failures, failed.kind(), failed.cause()));
        } else if (result instanceof AttemptResult.Completed done) {
            events.accept(
                    new ClientEvent.Completed(server, number, done.bytesSent(), done.bytesReceived(), done.duration()));
        } else if (result instanceof AttemptResult.Lost lost) {
            events.accept(new ClientEvent.Lost(
                    server,
                    number,
                    failures,
                    lost.bytesSent(),
                    lost.bytesReceived(),
                    lost.duration(),
                    lost.kind(),
                    lost.cause()));
        } else if (result instanceof AttemptResult.Refused refused) {
            events.accept(new ClientEvent.Lost(
                    server,
                    number,
                    failures,
                    refused.bytesSent(),
                    refused.bytesReceived(),
                    refused.duration(),
                    FailureKind.REFUSED,
                    refused.cause()));
        } else {
            reportAborted(state, result);
        }
    }

    /** The exchange, if there was one, goes no further because of this side. */
    private void reportAborted(State state, AttemptResult result) {
        if (result instanceof AttemptResult.Broken own) {
            aborted(state, own.bytesSent(), own.bytesReceived(), own.duration(), own.kind(), own.cause());
        } else if (result instanceof AttemptResult.Lost lost) {
            aborted(state, lost.bytesSent(), lost.bytesReceived(), lost.duration(), lost.kind(), lost.cause());
        } else if (result instanceof AttemptResult.Refused no) {
            aborted(state, no.bytesSent(), no.bytesReceived(), no.duration(), FailureKind.REFUSED, no.cause());
        }
    }

    private void aborted(State state, long sent, long received, Duration duration, FailureKind kind, Throwable cause) {
        events.accept(new ClientEvent.Aborted(server(state), state.attempt(), sent, received, duration, kind, cause));
    }

    private ServerAddress server(State state) {
        return options.servers().get(state.server());
    }

    /** Reports an event. If its listener closes the client, nothing may follow. */
    private void tell(ClientEvent event) throws InterruptedException {
        events.accept(event);
        checkClosed();
    }

    private void checkClosed() throws InterruptedException {
        if (isClosed()) {
            throw new InterruptedException("closed");
        }
    }

    /** Whether the client was closed. An interrupt flag that a handler or listener has left has no meaning here. */
    private boolean isClosed() {
        Thread.interrupted();
        return closed.getAsBoolean();
    }
}
