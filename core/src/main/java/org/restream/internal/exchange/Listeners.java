package org.restream.internal.exchange;

import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Creates the {@link ListenerDispatcher} when the first listener is attached. Most exchanges have none. */
final class Listeners {
    private final Supplier<ListenerDispatcher> maker;
    private @Nullable ListenerDispatcher dispatcher;
    /** Delivers the end of the exchange; null before it has ended. */
    private @Nullable Consumer<ListenerDispatcher> end;

    Listeners(Supplier<ListenerDispatcher> maker) {
        this.maker = maker;
    }

    /** The dispatcher, for attaching a listener. After the end of the exchange it delivers that end at once. */
    ListenerDispatcher get() {
        ListenerDispatcher made;
        Consumer<ListenerDispatcher> late;
        synchronized (this) {
            if (dispatcher != null) {
                return dispatcher;
            }
            made = maker.get();
            dispatcher = made;
            late = end;
        }
        if (late != null) {
            late.accept(made);
        }
        return made;
    }

    synchronized @Nullable ListenerDispatcher ifMade() {
        return dispatcher;
    }

    /** Whether there is a listener for the header that has not been called yet, or has not returned. */
    boolean isHeaderAwaited() {
        ListenerDispatcher made = ifMade();
        return made != null && made.isHeaderAwaited();
    }

    void ifMade(Consumer<ListenerDispatcher> call) {
        ListenerDispatcher made = ifMade();
        if (made != null) {
            call.accept(made);
        }
    }

    /** Sets how to deliver the end of the exchange, and delivers it. */
    void ended(Consumer<ListenerDispatcher> delivery) {
        ListenerDispatcher made;
        synchronized (this) {
            end = delivery;
            made = dispatcher;
        }
        if (made != null) {
            delivery.accept(made);
        }
    }
}
