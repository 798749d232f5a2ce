package org.restream.internal.session.carrier;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.restream.internal.concurrent.Monitor;

/** The exchanges that live in a session. Under its lock. */
final class LiveLinks {
    private final Wakes wakes;
    private final Set<SessionLink> links = new HashSet<>();
    /** Is signalled when there are none any more. */
    private @Nullable Monitor emptied;
    /** Grows with each byte that comes or arrives, and with each exchange that ends. */
    private long progress;

    LiveLinks(Wakes wakes) {
        this.wakes = wakes;
    }

    void add(SessionLink link) {
        links.add(link);
    }

    void remove(SessionLink link) {
        links.remove(link);
        if (links.isEmpty()) {
            tellEmpty();
        }
    }

    private void tellEmpty() {
        if (emptied != null) {
            wakes.after(emptied::signal);
        }
    }

    /** Something has moved. */
    void progressed(long by) {
        progress += by;
    }

    long progress() {
        return progress;
    }

    int count() {
        return links.size();
    }

    boolean isEmpty() {
        return links.isEmpty();
    }

    /** Has it signalled when there are none any more; returns whether there are none now. */
    boolean whenEmpty(Monitor monitor) {
        emptied = monitor;
        return links.isEmpty();
    }

    /** The session is over: they fail. */
    void fail(IOException cause) {
        new ArrayList<>(links).forEach(link -> link.sessionEnded(cause));
        links.clear();
        tellEmpty();
    }
}
