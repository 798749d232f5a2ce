package org.restream.internal.server;

import org.restream.Action;
import org.restream.RestreamServer.Handler;
import org.restream.internal.exchange.Exchange;

/** Calls the handler with an exchange. A class, because a lambda is one frame more on the stack of each thread that waits in it. */
record HandlerCall(Handler handler, Exchange exchange) implements Action {
    @Override
    public void run() throws Exception {
        handler.handle(exchange.incoming(), exchange.outgoing());
    }
}
