package org.restream.internal.server;

import java.util.function.Consumer;

/**
 * Serves a connection on its thread. A class, because a lambda has two frames more on the stack of each thread that waits
 * in a handler.
 *
 * @param over is called when it has ended
 */
record Serving(AcceptedConnection accepted, Consumer<AcceptedConnection> over) implements Runnable {
    @Override
    public void run() {
        try {
            accepted.run();
        } finally {
            over.accept(accepted);
        }
    }
}
