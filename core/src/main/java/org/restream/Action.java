package org.restream;

/** Something to run, once, when a stream has ended. Threads and errors are those of {@link Listener}. */
@FunctionalInterface
public interface Action {
    /**
     * Runs.
     *
     * @throws Exception to abort the exchange
     */
    void run() throws Exception;
}
