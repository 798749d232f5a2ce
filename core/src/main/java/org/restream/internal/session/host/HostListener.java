package org.restream.internal.session.host;

import java.net.InetSocketAddress;
import java.util.function.BiConsumer;
import org.restream.internal.session.carrier.SessionLink;

/** Hears of a server's sessions, and takes on their exchanges. No method may block; {@link #opened} is called under a lock. */
public interface HostListener {
    /**
     * A session is about to begin.
     *
     * @return takes on each exchange that a client opens, and how many milliseconds are left for it; 0: any time
     */
    BiConsumer<SessionLink, Integer> exchanges(HostedSession session);

    /** A session begins. */
    void opened(HostedSession session);

    /** Its connection is lost; its exchanges wait for another. */
    void away(HostedSession session, Throwable why);

    /** It has another connection. */
    void resumed(HostedSession session, long epoch, long awayMillis);

    /** A connection of it was replaced by a newer one, while it seemed to live. */
    void fenced(HostedSession session, InetSocketAddress before);

    /** It is over. */
    void ended(HostedSession session, Throwable why);
}
