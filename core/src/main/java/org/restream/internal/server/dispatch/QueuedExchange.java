package org.restream.internal.server.dispatch;

/** An exchange of a session that is to be run. */
public interface QueuedExchange {
    /**
     * Runs it to its end on the calling thread.
     *
     * @param waits is to be run before that thread waits for the client
     */
    void run(Runnable waits);

    /** There is no thread for it. */
    void refuse();
}
