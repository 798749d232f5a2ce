package org.restream;

/**
 * Takes a value: a header, a chunk of a body, an error, an event.
 *
 * <p>The listeners of one stream are called one at a time, in order, on a thread of the exchange. A listener may block;
 * while it does, nothing more is read from the peer, and that is the back-pressure. What it throws aborts the exchange
 * and is reported.
 *
 * <p>A listener of events gets them one at a time too. What it throws is logged and changes nothing: see
 * {@link ClientOptions#listener(Listener)} and {@link ServerOptions#listener(Listener)}.
 *
 * @param <T> the type of the value
 */
@FunctionalInterface
public interface Listener<T> {
    /**
     * Takes one value.
     *
     * @param value the value; the listener may keep it
     * @throws Exception to abort the exchange; a listener of events aborts nothing
     */
    void accept(T value) throws Exception;
}
