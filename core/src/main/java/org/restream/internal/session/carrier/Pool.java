package org.restream.internal.session.carrier;

import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Keeps some of what is not used at the moment. The last one given is the first one taken, since a processor may still have it. */
final class Pool<T> {
    private final ConcurrentLinkedDeque<T> free = new ConcurrentLinkedDeque<>();
    private final AtomicInteger count = new AtomicInteger();
    private final int most;

    /**
     * @param most how many are kept, about
     */
    Pool(int most) {
        this.most = most;
    }

    /** Null where there is none. */
    @Nullable
    T take() {
        T taken = free.pollFirst();
        if (taken != null) {
            count.decrementAndGet();
        }
        return taken;
    }

    /** Nobody uses it any more. */
    void give(T unused) {
        if (count.get() < most) {
            count.incrementAndGet();
            free.addFirst(unused);
        }
    }
}
