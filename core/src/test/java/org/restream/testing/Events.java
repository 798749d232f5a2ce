package org.restream.testing;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.restream.Listener;

/** Collects the events of a client or server, and lets a test wait for them. */
public final class Events<E> implements Listener<E> {
    private final List<E> all = new CopyOnWriteArrayList<>();
    private final LinkedBlockingQueue<E> unseen = new LinkedBlockingQueue<>();
    private final AtomicInteger atOnce = new AtomicInteger();
    private volatile boolean overlapped;

    @Override
    public void accept(E event) throws InterruptedException {
        if (atOnce.incrementAndGet() > 1) {
            overlapped = true;
        }
        all.add(event);
        // as a user may: it fails where the calling thread has been left interrupted
        unseen.put(event);
        atOnce.decrementAndGet();
    }

    /** The next event of this type; those before it are passed over. */
    public <T extends E> T await(Class<T> type) throws InterruptedException {
        while (true) {
            E next = unseen.poll(30, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("no " + type.getSimpleName() + " came, only " + all);
            }
            if (type.isInstance(next)) {
                return type.cast(next);
            }
        }
    }

    /** All of them, so far. */
    public List<E> all() {
        return List.copyOf(all);
    }

    /** Those of this type, so far. */
    public <T extends E> List<T> all(Class<T> type) {
        return all.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** What kinds of events came, in order. */
    public List<String> names() {
        return all.stream().map(event -> event.getClass().getSimpleName()).toList();
    }

    /** Whether one came while another was being taken. */
    public boolean overlapped() {
        return overlapped;
    }
}
