package org.restream;

/** Runs once, when a stream has ended. The rules of {@link Listener} for threads and exceptions apply. */
@FunctionalInterface
public interface Action {
    /**
     * Runs the action.
     *
     * @throws Exception to abort the exchange
     */
    void run() throws Exception;
}
