package org.restream.internal.session.carrier;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.restream.internal.concurrent.Monitor;
import org.restream.internal.session.wire.CutCode;
import org.restream.internal.session.wire.Hello;

/** The exchanges that live in a session. Under its lock. */
final class LiveLinks {
    private final Wakes wakes;
    private final long stallNanos;
    /** In any order; each knows its place. */
    private final List<SessionLink> links = new ArrayList<>();
    /** Is signalled when there are none any more. */
    private @Nullable Monitor emptied;
    /** Grows with each byte that comes or arrives, and with each exchange that ends. */
    private long progress;

    /**
     * @param stallNanos how long an answer may be held of which the peer takes nothing; 0: any time
     */
    LiveLinks(Wakes wakes, long stallNanos) {
        this.wakes = wakes;
        this.stallNanos = stallNanos;
    }

    void add(SessionLink link) {
        link.place = links.size();
        links.add(link);
    }

    void remove(SessionLink link) {
        int place = link.place;
        if (place >= 0) {
            SessionLink last = links.remove(links.size() - 1);
            if (last != link) {
                links.set(place, last);
                last.place = place;
            }
            link.place = -1;
        }
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

    /** There is a connection: only from now on the peer can take anything. */
    void watchAnew() {
        links.forEach(link -> link.endpoint().out().watchAnew());
    }

    /** Cuts those of which the peer takes nothing, if there is a limit, which is returned. To be called now and then. */
    boolean cutStalled(long now) {
        boolean limited = stallNanos > 0;
        if (limited) {
            new ArrayList<>(links).forEach(link -> cutIfStalled(link, now));
        }
        return limited;
    }

    private void cutIfStalled(SessionLink link, long now) {
        if (link.endpoint().out().isStalled(now, stallNanos)) {
            link.cut(CutCode.STALLED, "nothing of the message was taken for too long");
        }
    }

    /** What becomes of each if the session ends now. */
    List<Hello.Left> left() {
        return links.stream().map(SessionLink::left).toList();
    }

    /** The session is over: they fail. */
    void fail(IOException cause) {
        new ArrayList<>(links).forEach(link -> link.sessionEnded(cause));
        links.forEach(link -> link.place = -1);
        links.clear();
        tellEmpty();
    }
}
