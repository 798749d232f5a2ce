package org.restream.testing;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.restream.ClientEvent;
import org.restream.Listener;
import org.restream.ServerEvent;

/** Collects the events of a client or server, and lets a test wait for them. */
public final class Events<E> implements Listener<E> {
    private static final Set<Class<?>> PAIRS = Set.of(
            ServerEvent.Began.class,
            ServerEvent.Disconnected.class,
            ClientEvent.Aborted.class,
            ClientEvent.SessionOpened.class,
            ClientEvent.SessionEnded.class,
            ClientEvent.ExchangeBegan.class,
            ClientEvent.ExchangeEnded.class);

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
        // as a user's listener may: this fails if the calling thread has been left interrupted
        unseen.put(event);
        atOnce.decrementAndGet();
    }

    /** Waits for the next event of this type, and skips those before it. */
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

    /** All events so far. */
    public List<E> all() {
        return List.copyOf(all);
    }

    /** The events of this type so far. */
    public <T extends E> List<T> all(Class<T> type) {
        return all.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** The types of the events, in order, without those of {@code EventPairsTest}, which only add a begin or an end for who counts. */
    public List<String> names() {
        return all.stream()
                .filter(event -> !PAIRS.contains(event.getClass()))
                .map(event -> event.getClass().getSimpleName())
                .toList();
    }

    /** Whether an event came while another was being handled. */
    public boolean overlapped() {
        return overlapped;
    }
}
