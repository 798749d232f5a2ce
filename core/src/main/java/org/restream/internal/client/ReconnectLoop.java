package org.restream.internal.client;

import java.io.IOException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.restream.ClientEvent;
import org.restream.ClientOptions;
import org.restream.ServerAddress;
import org.restream.internal.exchange.Outcome;

/** A client's life: attempt, decide, wait, next server. Runs on one thread. */
final class ReconnectLoop {
    private final ClientOptions options;
    private final Policy policy;
    private final Attempts attempts;
    private final Waits waits;
    private final Consumer<ClientEvent> events;
    private final BooleanSupplier closed;

    ReconnectLoop(
            ClientOptions options,
            Policy policy,
            Attempts attempts,
            Waits waits,
            Consumer<ClientEvent> events,
            BooleanSupplier closed) {
        this.options = options;
        this.policy = policy;
        this.attempts = attempts;
        this.waits = waits;
        this.events = events;
        this.closed = closed;
    }

    /**
     * Runs until an exchange is complete (or for ever, as the options say).
     *
     * @return what the client fails with, or null where its exchange completed
     * @throws InterruptedException the client was closed
     */
    @Nullable
    Throwable run() throws InterruptedException {
        Position position = Position.START;
        checkClosed();
        while (true) {
            tell(new ClientEvent.Connecting(server(position), position.attempt()));
            Result result = attempt(position);
            // what is complete is complete, also where close() came at the same moment
            if (isClosed() && !result.isComplete()) {
                throw new InterruptedException("closed");
            }
            report(position, result);
            Next next = policy.after(position, result);
            if (next instanceof Next.Done) {
                return null;
            }
            checkClosed();
            if (next instanceof Next.Stop stop) {
                events.accept(new ClientEvent.GaveUp(position.attempt(), stop.failures(), stop.cause()));
                return stop.cause();
            }
            Next.Retry retry = (Next.Retry) next;
            position = retry.position();
            if (!retry.delay().isZero()) {
                tell(new ClientEvent.Waiting(server(position), position.attempt(), position.failures(), retry.delay()));
                waits.await(retry.delay());
                checkClosed();
            }
        }
    }

    private Result attempt(Position position) throws InterruptedException {
        try {
            return new Result.Ended(attempts.make(
                    server(position),
                    () -> events.accept(new ClientEvent.Connected(server(position), position.attempt()))));
        } catch (IOException e) {
            return new Result.NotConnected(e);
        }
    }

    private void report(Position position, Result result) {
        ServerAddress server = server(position);
        long attempt = position.attempt();
        if (result instanceof Result.NotConnected failed) {
            events.accept(new ClientEvent.Failed(server, attempt, Policy.failures(position, result), failed.cause()));
            return;
        }
        Outcome outcome = ((Result.Ended) result).outcome();
        if (outcome.kind() == Outcome.Kind.COMPLETED) {
            events.accept(new ClientEvent.Completed(server, attempt, outcome.bytesSent(), outcome.bytesReceived()));
        } else if (outcome.cause() instanceof IOException cause && outcome.kind() == Outcome.Kind.LOST) {
            events.accept(new ClientEvent.Lost(
                    server,
                    attempt,
                    Policy.failures(position, result),
                    outcome.bytesSent(),
                    outcome.bytesReceived(),
                    cause));
        }
    }

    private ServerAddress server(Position position) {
        return options.servers().get(position.server());
    }

    /** The listener of an event may close the client: then nothing follows. */
    private void tell(ClientEvent event) throws InterruptedException {
        events.accept(event);
        checkClosed();
    }

    private void checkClosed() throws InterruptedException {
        if (isClosed()) {
            throw new InterruptedException("closed");
        }
    }

    /** An interrupt means what close() says; one that a handler or listener has left behind means nothing here. */
    private boolean isClosed() {
        Thread.interrupted();
        return closed.getAsBoolean();
    }
}
