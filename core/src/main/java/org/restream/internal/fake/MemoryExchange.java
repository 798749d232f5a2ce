package org.restream.internal.fake;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.restream.Header;
import org.restream.RestreamClient;
import org.restream.RestreamServer;
import org.restream.ServerOptions;
import org.restream.internal.concurrent.Threads;
import org.restream.internal.concurrent.Timer;
import org.restream.internal.concurrent.UserContext;
import org.restream.internal.exchange.Exchange;
import org.restream.internal.exchange.ExchangeConfig;
import org.restream.internal.exchange.ExchangeConfig.Side;
import org.restream.internal.exchange.ExchangePeer;
import org.restream.internal.exchange.Outcome;
import org.restream.internal.exchange.Reason;
import org.restream.internal.text.Durations;

/** Runs a real exchange with a peer in memory, on the calling thread, with the default options. */
public final class MemoryExchange {
    /**
     * The result of the exchange.
     *
     * @param header the header that the peer has received; null for none
     * @param body the body that it has received
     * @param whole whether it has received our clean end
     * @param cause why the exchange did not complete, or the refusal that was sent in place of an answer; null for
     *     neither
     */
    public record Result(
            @Nullable Header header,
            byte[] body,
            boolean whole,
            @Nullable Throwable cause) {}

    private final MemoryConnection connection;
    private final Exchange exchange;
    private final Duration limit;

    private MemoryExchange(ScriptedPeer peer, Side side, Duration limit) {
        UserContext context = UserContext.current();
        Thread caller = Thread.currentThread();
        ExchangeConfig config = new ExchangeConfig(
                side,
                ServerOptions.defaults().maxHeaderBytes(),
                true,
                true,
                side == Side.CLIENT,
                Timer.system(),
                work -> Threads.unstarted("restream-fake-reader", context.around(work)),
                bug -> caller.getUncaughtExceptionHandler().uncaughtException(caller, bug));
        connection = new MemoryConnection(peer);
        exchange = new Exchange(connection, new ExchangePeer(connection, 1), config, Duration.ZERO);
        this.limit = limit;
    }

    /** Runs a server's handler. */
    public static Result serve(ScriptedPeer peer, Duration limit, RestreamServer.Handler handler) {
        MemoryExchange made = new MemoryExchange(peer, Side.SERVER, limit);
        return made.run(() -> handler.handle(made.exchange.incoming(), made.exchange.outgoing()));
    }

    /** Runs a client's handler. */
    public static Result ask(ScriptedPeer peer, Duration limit, RestreamClient.Handler handler) {
        MemoryExchange made = new MemoryExchange(peer, Side.CLIENT, limit);
        return made.run(() -> handler.handle(made.exchange.outgoing(), made.exchange.incoming()));
    }

    private Result run(org.restream.Action handler) {
        Timer.Task late = Timer.system().after(limit, this::giveUp);
        Outcome outcome;
        try {
            outcome = exchange.run(handler);
        } finally {
            late.cancel();
        }
        MemoryConnection.Heard heard = connection.heard();
        return new Result(
                heard.header(),
                heard.body(),
                heard.whole(),
                outcome.refusal() == null ? outcome.cause() : outcome.refusal());
    }

    private void giveUp() {
        exchange.fail(
                Reason.LIMIT,
                new IOException("the exchange has not ended within " + Durations.text(limit)
                        + ": does whoever attaches listeners, or calls keepOpen(), call end()?"));
        exchange.cancel(Reason.CLOSED, "it took too long");
    }
}
