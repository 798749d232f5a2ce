package org.restream.internal.server;

import java.util.function.Consumer;
import org.restream.internal.concurrent.UserContext;

/**
 * Serves a connection on its thread, in the context of whoever had the server listen. One class for all of that, because each method
 * is a frame on the stack of each thread that waits in a handler, and a lambda is two.
 *
 * @param over is called when it has ended
 */
record Serving(AcceptedConnection accepted, UserContext context, Consumer<AcceptedConnection> over)
        implements Runnable {
    @Override
    public void run() {
        ClassLoader before = context.enter();
        try {
            accepted.run();
        } finally {
            over.accept(accepted);
            UserContext.leave(before);
        }
    }
}
