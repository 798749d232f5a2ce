package org.restream.internal.session.carrier;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.restream.internal.session.Session;
import org.restream.internal.session.wire.ByeCode;
import org.restream.internal.text.SafeText;

/** How a session ends: once, and with it all that lives in it. */
final class SessionEnd {
    private final SessionLock lock;
    private final Session core;
    private final LiveLinks links;
    private @Nullable IOException over;

    SessionEnd(SessionLock lock, Session core, LiveLinks links) {
        this.lock = lock;
        this.core = core;
        this.links = links;
    }

    /** Under the lock: why it is over; null while it is not. */
    @Nullable
    IOException over() {
        return over;
    }

    /** Ends it, and tells the peer, where there is a connection; returns whether there is. */
    boolean leave(int code, IOException cause) {
        Carrier last = lock.asked(() -> {
            // the peer takes DONE for: nothing was open
            int told = links.isEmpty() || code != ByeCode.DONE ? code : ByeCode.SHUTDOWN;
            if (!isFirst(cause)) {
                return null;
            }
            core.output().bye(told, SafeText.message(cause));
            return lock.carrier();
        });
        if (last != null) {
            last.closeSoon();
        }
        return last != null;
    }

    /**
     * Ends it.
     *
     * @param closing the connection that whoever ends it closes; null for none
     * @return the connection that the session had, if this was the end
     */
    @Nullable
    Carrier end(IOException cause, @Nullable Carrier closing) {
        return lock.asked(() -> {
            if (!isFirst(cause)) {
                return null;
            }
            Carrier last = lock.carrier();
            if (last != closing) {
                lock.carrier(null);
            }
            core.disconnected();
            return last;
        });
    }

    private boolean isFirst(IOException cause) {
        if (over != null) {
            return false;
        }
        over = cause;
        links.fail(cause);
        return true;
    }
}
