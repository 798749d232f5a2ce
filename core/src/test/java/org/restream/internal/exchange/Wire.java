package org.restream.internal.exchange;

import java.util.List;
import org.restream.Action;
import org.restream.internal.exchange.ExchangeConfig.Side;
import org.restream.internal.link.Connection;
import org.restream.internal.net.ConnectionCare;
import org.restream.internal.session.carrier.SessionLink;
import org.restream.internal.session.carrier.SessionPair;
import org.restream.internal.session.carrier.SessionTestLink;
import org.restream.internal.text.SafeText;
import org.restream.testing.PipeLink;
import org.restream.testing.TestLink;

/** What the exchange of a {@link Trial} runs over. */
enum Wire {
    /** A connection of its own, in memory. */
    PIPE("Connection reset") {
        @Override
        Ends ends(int capacity) {
            List<PipeLink> pair = PipeLink.pair(capacity);
            return new Ends(pair.get(0), pair.get(1), () -> {});
        }

        @Override
        Outcome run(Exchange exchange, TestLink link, Setup setup, Runnable told, Action handler) {
            try (ConnectionCare care = ConnectionCare.of(
                    (Connection) link, setup.idleTimeout(), setup.config().timer(), exchange::lost)) {
                assert care != null;
                return exchange.run(handler);
            }
        }
    },
    /** An exchange of a session, which is over a connection in memory. */
    SESSION("the peer cut the exchange") {
        @Override
        Ends ends(int capacity) throws Exception {
            SessionPair pair = new SessionPair(capacity);
            return new Ends(pair.client(), pair.server(), pair::close);
        }

        /** As the owners of a session's exchanges do: the session tells them of a cut. */
        @Override
        Outcome run(Exchange exchange, TestLink link, Setup setup, Runnable told, Action handler) {
            SessionLink real = ((SessionTestLink) link).link();
            boolean server = setup.config().side() == Side.SERVER;
            if (server || setup.config().interrupts()) {
                real.onCut(why -> {
                    if (server || !real.hasPeerEnded()) {
                        exchange.cancel(Reason.ofLoss(why), SafeText.message(why));
                    }
                    told.run();
                });
            }
            Outcome outcome = exchange.run(handler);
            if (server) {
                real.handlerReturned();
            }
            return outcome;
        }
    };

    /** What a read or a write says first that finds the exchange aborted by the other end. */
    final String reset;

    Wire(String reset) {
        this.reset = reset;
    }

    /**
     * Makes the two ends.
     *
     * @param capacity how many bytes one end sends before the other reads; in a session it holds some more
     */
    abstract Ends ends(int capacity) throws Exception;

    /**
     * Runs the exchange, with what its owner does about it.
     *
     * @param told is run when a session has told of a cut
     */
    abstract Outcome run(Exchange exchange, TestLink link, Setup setup, Runnable told, Action handler);

    /** The two ends of a wire. */
    record Ends(TestLink client, TestLink server, Runnable closing) implements AutoCloseable {
        TestLink of(Side side) {
            return side == Side.CLIENT ? client : server;
        }

        TestLink against(Side side) {
            return side == Side.CLIENT ? server : client;
        }

        @Override
        public void close() {
            closing.run();
        }
    }
}
