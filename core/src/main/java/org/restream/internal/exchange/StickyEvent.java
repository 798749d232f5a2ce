package org.restream.internal.exchange;

import org.jspecify.annotations.Nullable;
import org.restream.Action;
import org.restream.Listener;

/** An event that happens at most once, and its listener, which is called once when both are there, in either order. */
final class StickyEvent<T> {
    private final String name;
    private @Nullable Listener<? super T> listener;
    private @Nullable T value;
    private boolean taken;

    StickyEvent(String name) {
        this.name = name;
    }

    synchronized void attach(Listener<? super T> added) {
        if (listener != null) {
            throw new IllegalStateException("there is an " + name + " listener already");
        }
        listener = added;
    }

    synchronized void happened(T what) {
        value = what;
    }

    /** Cancels the call. */
    synchronized void cancel() {
        taken = true;
    }

    synchronized boolean hasListener() {
        return listener != null;
    }

    synchronized boolean isDue() {
        return listener != null && value != null && !taken;
    }

    /** Takes the call that is due, if there is one; the caller has to make it. */
    synchronized @Nullable Action take() {
        Listener<? super T> called = listener;
        T what = value;
        if (called == null || what == null || taken) {
            return null;
        }
        taken = true;
        return () -> called.accept(what);
    }
}
