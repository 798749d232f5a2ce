package org.restream.internal.session.carrier;

import org.restream.internal.session.Session;
import org.restream.internal.session.wire.ByeCode;

/** Whether a side of a session opens or accepts nothing new. Under the session's lock. */
final class Leaving {
    private final Session core;
    private final LiveLinks links;
    private final boolean client;
    /** A server's: nothing new is accepted. */
    private boolean going;
    /** A client's: nothing new is opened. */
    private boolean retired;

    Leaving(Session core, LiveLinks links, boolean client) {
        this.core = core;
        this.links = links;
        this.client = client;
    }

    /**
     * A server takes nothing new any more, and says so. The client ends the session as soon as nothing lives in it: the server must
     * not, since an exchange may be on its way, and would have an unknown outcome.
     */
    void begin(int code, int millis, String why) {
        if (!going) {
            core.output().going(code, millis, why);
        }
        going = true;
    }

    boolean isGoing() {
        return going;
    }

    /** A client opens nothing new any more, where nothing lives; returns whether that is so. */
    boolean retireIfEmpty() {
        retired |= links.isEmpty();
        return retired;
    }

    boolean isRetired() {
        return retired;
    }

    boolean isPeerGoing() {
        return core.input().going() != null;
    }

    /** A client: ends a session in which nothing lives, and that takes nothing new. */
    void byeIfDone() {
        if (client && links.isEmpty() && isPeerGoing()) {
            core.output().bye(ByeCode.DONE, "");
        }
    }
}
