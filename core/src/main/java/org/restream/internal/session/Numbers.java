package org.restream.internal.session;

import org.restream.internal.session.wire.FrameLimits;
import org.restream.internal.session.wire.ProtocolException;

/** The numbers of a session's exchanges: 1, 2, 3 …, and up to which one the client may open. */
final class Numbers {
    /** A server: how many may be open at a time. */
    private int places;
    /** The highest that was opened. */
    private long highest;
    /** The highest that may be opened; a server: that the client was told of. */
    private long allowed;
    /** A server: how many exchanges are over, and their handlers have returned. */
    private long over;

    Numbers(int places) {
        this.places = places;
    }

    long highest() {
        return highest;
    }

    boolean hasCredit() {
        return highest < Math.min(allowed, FrameLimits.MAX_NUMBER);
    }

    /** A client: the next one. */
    long next() {
        return ++highest;
    }

    /** A client may open up to that one; a smaller limit than before says nothing. */
    void allow(long most) {
        allowed = Math.max(allowed, most);
    }

    /** A server: the client opens that one. */
    void opened(long number) throws ProtocolException {
        if (number != highest + 1) {
            throw new ProtocolException("exchange " + number + " is opened, where " + (highest + 1) + " is the next");
        }
        if (number > allowed) {
            throw new ProtocolException("exchange " + number + " is opened beyond the limit of " + allowed);
        }
        highest = number;
    }

    /** A server: how many more places a client would need that has used all its numbers. */
    int wantedPlaces(int most) {
        return highest == allowed ? Math.min(places, most - places) : 0;
    }

    /** A server: so many more may be open. */
    void widen(int more) {
        places += more;
    }

    /** A server: one is over. */
    void over() {
        over++;
    }

    /** A server: whether a higher limit can be told: where the client is at its limit, or a quarter of the places is free again. */
    boolean isMoreDue() {
        long more = over + places - allowed;
        return more > 0 && (highest == allowed || more >= Math.max(1, places / 4));
    }

    /** A server: the limit that it tells now. */
    long more() {
        allowed = Math.max(allowed, Math.min(over + places, FrameLimits.MAX_NUMBER));
        return allowed;
    }
}
