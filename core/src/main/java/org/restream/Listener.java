package org.restream;

/**
 * Is called with a value: a header, a chunk of a body, an error, or an event.
 *
 * <p>The listeners of one stream are called one at a time, in order, on a thread of the exchange. A listener may block;
 * while it does, nothing more is read from the peer, so the peer has to wait (back-pressure). If it throws, the
 * exchange is aborted and the exception is reported.
 *
 * <p>A listener of events is called one event at a time too. If it throws, the exception is logged and has no other
 * effect: see {@link ClientOptions#listener(Listener)} and {@link ServerOptions#listener(Listener)}.
 *
 * @param <T> the type of the value
 */
@FunctionalInterface
public interface Listener<T> {
    /**
     * Handles one value.
     *
     * @param value the value; the listener may keep it
     * @throws Exception to abort the exchange; in a listener of events it is only logged
     */
    void accept(T value) throws Exception;
}
