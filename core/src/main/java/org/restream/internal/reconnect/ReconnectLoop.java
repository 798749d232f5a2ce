package org.restream.internal.reconnect;

import java.io.IOException;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.restream.ClientEvent;
import org.restream.ClientOptions;
import org.restream.RestreamException;
import org.restream.ServerAddress;
import org.restream.internal.reconnect.ReconnectPolicy.Decision;
import org.restream.internal.reconnect.ReconnectPolicy.State;
import org.restream.internal.text.SafeText;

/** A client's life: attempt, decide, wait, next server. Runs on one thread. */
public final class ReconnectLoop {
    /** Makes attempts: the loop's door to the network. */
    public interface Attempt {
        /**
         * Connects and makes an exchange.
         *
         * @param number the attempt's number, from 1
         * @param connected is run once there is a connection, before the exchange
         * @throws IOException no connection could be made
         * @throws InterruptedException the client was closed
         */
        AttemptResult make(ServerAddress server, long number, Runnable connected)
                throws IOException, InterruptedException;
    }

    /** The waits between attempts: ended by time, by {@code retryNow}, or by an interrupt. */
    public interface Sleeper {
        /** Waits so long, or shorter if told to go on now. */
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
     * Runs until an exchange is complete (or for ever, as the options say).
     *
     * @return what the client fails with, or null where its exchange completed
     * @throws InterruptedException the client was closed
     */
    public @Nullable Throwable run() throws InterruptedException {
        State state = State.START;
        checkClosed();
        while (true) {
            tell(new ClientEvent.Connecting(server(state), state.attempt()));
            AttemptResult result = attempt(state);
            // what is complete is complete, also where close() came at the same moment
            if (isClosed() && !(result instanceof AttemptResult.Completed)) {
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
        } catch (IOException e) {
            return new AttemptResult.NotConnected(e);
        } catch (RuntimeException | Error e) {
            // for want of descriptors or memory, say: it may be different the next time
            return new AttemptResult.NotConnected(
                    new RestreamException("can't connect to " + server + ": " + SafeText.of(e), e));
        }
    }

    private void report(State state, AttemptResult result, int failures) {
        ServerAddress server = server(state);
        long number = state.attempt();
        if (result instanceof AttemptResult.NotConnected failed) {
            events.accept(new ClientEvent.Failed(server, number, failures, failed.cause()));
        } else if (result instanceof AttemptResult.Completed done) {
            events.accept(new ClientEvent.Completed(server, number, done.bytesSent(), done.bytesReceived()));
        } else if (result instanceof AttemptResult.Lost lost) {
            events.accept(new ClientEvent.Lost(
                    server, number, failures, lost.bytesSent(), lost.bytesReceived(), lost.cause()));
        } else if (result instanceof AttemptResult.Refused refused) {
            events.accept(new ClientEvent.Lost(
                    server, number, failures, refused.bytesSent(), refused.bytesReceived(), refused.cause()));
        }
    }

    private ServerAddress server(State state) {
        return options.servers().get(state.server());
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
