package org.restream.internal.client;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.restream.ClientEvent;
import org.restream.ClientOptions;
import org.restream.FailureKind;
import org.restream.NeverStartedException;
import org.restream.RestreamClient.Handler;
import org.restream.RestreamException;
import org.restream.ServerAddress;
import org.restream.internal.concurrent.Timer;
import org.restream.internal.exchange.Exchange;
import org.restream.internal.exchange.ExchangeBytes;
import org.restream.internal.exchange.ExchangeConfig;
import org.restream.internal.exchange.ExchangePeer;
import org.restream.internal.exchange.Outcome;
import org.restream.internal.exchange.Reason;
import org.restream.internal.link.OpenException;
import org.restream.internal.reconnect.AttemptResult;

/**
 * Runs a client's attempts, one at a time: connects, and runs the exchange. Other threads can cancel the current one.
 */
final class Attempts {
    /** An attempt that is connected. */
    private record Running(Line line, Exchange exchange, long began) {
        Duration elapsed() {
            return Duration.ofNanos(Timer.system().nanoTime() - began);
        }
    }

    private final Lines lines;
    private final Handler handler;
    private final Supplier<@Nullable String> stop;
    private final ExchangeConfig config;
    private volatile @Nullable Running running;

    /**
     * @param stop why no exchange may begin; null if it may
     * @param threads creates a thread for the work, not started
     * @param unheard is called with what a user's code throws after the end of its exchange
     */
    Attempts(
            ClientOptions options,
            Lines lines,
            Handler handler,
            Supplier<@Nullable String> stop,
            Function<Runnable, Thread> threads,
            Consumer<Throwable> unheard) {
        this.lines = lines;
        this.handler = handler;
        this.stop = stop;
        config = new ExchangeConfig(
                ExchangeConfig.Side.CLIENT,
                options.maxHeaderBytes(),
                options.allowEmptyAnswer(),
                options.refusals(),
                options.interruptOnLoss(),
                Timer.system(),
                threads,
                unheard);
    }

    /**
     * Makes an attempt, on the client's thread.
     *
     * @param number the number of the attempt, from 1
     * @param connected is run when there is a connection
     */
    AttemptResult run(ServerAddress server, long number, Runnable connected) throws InterruptedException {
        Line line;
        try {
            line = lines.open(server);
        } catch (NeverStartedException e) {
            return new AttemptResult.NotConnected(e, FailureKind.SESSION, true);
        } catch (OpenException e) {
            return new AttemptResult.NotConnected(e.told(), e.kind());
        }
        try {
            Exchange made = new Exchange(line.link(), new ExchangePeer(line.peer(), number), config, Duration.ZERO);
            Running self = new Running(line, made, Timer.system().nanoTime());
            running = self;
            line.watch(made);
            // check only now, so that whoever stops the client from now on finds the exchange
            String why = stop.get();
            if (why != null) {
                made.cancel(Reason.CLOSED, why);
            } else {
                connected.run();
            }
            Outcome outcome = made.run(() -> handler.handle(made.outgoing(), made.incoming()));
            return line.result(outcome, self.elapsed());
        } finally {
            line.end();
            running = null;
        }
    }

    /** Whether a connection exists now. */
    boolean isConnected() {
        return running != null;
    }

    /** What is known of the exchange of an event, which has not ended though its client does. */
    ClientEvent.Aborted unfinished(ClientEvent.Connected of) {
        Running now = running;
        ExchangeBytes bytes = now == null ? new ExchangeBytes(0, 0) : now.exchange.bytes();
        return new ClientEvent.Aborted(
                of.server(),
                of.attempt(),
                bytes.sent(),
                bytes.received(),
                now == null ? Duration.ZERO : now.elapsed(),
                FailureKind.CLOSED,
                new RestreamException("the client has ended before its exchange"));
    }

    /** Cancels the running exchange, if there is one. */
    void cancel(String why) {
        Running now = running;
        if (now != null) {
            now.exchange.cancel(Reason.CLOSED, why);
        }
    }

    /** Whether the calling thread is running the handler, or a listener of the exchange or of its session. */
    boolean isRunByCaller() {
        Running now = running;
        return now != null && (now.exchange.isRunByCaller() || now.line.isRunByCaller());
    }
}
