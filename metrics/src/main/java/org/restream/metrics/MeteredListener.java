package org.restream.metrics;

import java.util.Objects;
import java.util.function.Consumer;
import org.restream.Listener;

/**
 * A listener that counts events, then forwards them: to the listener of {@link #forwardTo}, or else to the log, as the library does
 * where there is no listener. Immutable.
 *
 * @param <E> the events
 */
public final class MeteredListener<E> implements Listener<E> {
    private final Consumer<? super E> meters;
    private final Listener<? super E> next;

    MeteredListener(Consumer<? super E> meters) {
        this(meters, new EventLog());
    }

    private MeteredListener(Consumer<? super E> meters, Listener<? super E> next) {
        this.meters = meters;
        this.next = next;
    }

    /**
     * The same counts, and a listener of your own.
     *
     * @param listener gets each event once it is counted
     * @return a copy, which forwards to that listener alone
     */
    public MeteredListener<E> forwardTo(Listener<? super E> listener) {
        return new MeteredListener<>(meters, Objects.requireNonNull(listener, "listener"));
    }

    @Override
    public void accept(E event) throws Exception {
        try {
            meters.accept(event);
        } finally {
            next.accept(event);
        }
    }
}
