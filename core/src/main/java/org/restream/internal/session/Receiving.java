package org.restream.internal.session;

import org.jspecify.annotations.Nullable;
import org.restream.internal.session.wire.ProtocolException;

/** The peer's message in one exchange: how much of it is here, was read, and may come. */
final class Receiving {
    private long received;
    private long consumed;
    /** The window now. */
    private int window;
    /** The limit that the peer was told of. */
    private long limit;
    /** The position that the peer was told of, on this connection. */
    private long acked;

    private boolean ended;
    private @Nullable Cut cut;
    /** Where the peer has cut it; -1 where it has not. */
    private long finalSize = -1;
    /** This connection carries that the message is over for us. */
    private boolean told;
    /** We read no more of it, and why. */
    private @Nullable Cut stop;
    /** This connection carries that. */
    private boolean stopSaid;
    /** It came whole, with a wrong checksum. */
    private boolean spoiled;
    /** What was consumed when the window grew last. */
    private long grownAt;

    Receiving(int window) {
        this.window = window;
        limit = window;
    }

    boolean isOver() {
        return ended || cut != null;
    }

    boolean hasEnded() {
        return ended;
    }

    @Nullable
    Cut cut() {
        return cut;
    }

    @Nullable
    Cut stop() {
        return stop;
    }

    long received() {
        return received;
    }

    long limit() {
        return limit;
    }

    /** Checks the place of what has come, and counts it. */
    void accept(long offset, int length) throws ProtocolException {
        if (isOver()) {
            throw new ProtocolException("data at offset " + offset + " after the message's end");
        }
        if (offset != received) {
            throw new ProtocolException("data at offset " + offset + ", where " + received + " is the next");
        }
        if (offset + length > limit) {
            throw new ProtocolException("data up to " + (offset + length) + " beyond the limit of " + limit);
        }
        received += length;
    }

    void end() {
        ended = true;
        told = stopSaid;
    }

    /** It ends unfinished, after so many bytes. */
    void cut(Cut by, long size) throws ProtocolException {
        // whoever reads no more does not count what it drops
        boolean isSure = ended && stop == null;
        if (size < received || (isSure && size > received) || (finalSize >= 0 && size != finalSize)) {
            throw new ProtocolException("the message is cut after " + size + " bytes, where " + received + " have come"
                    + (finalSize >= 0
                            ? ", and it was cut after " + finalSize + " before"
                            : ended ? " and were all" : ""));
        }
        finalSize = size;
        if (!isOver()) {
            cut = by;
            // the peer has heard that we read no more, or will, before anything else
            told = stopSaid;
        }
    }

    /** It is whole, but not what was sent: the peer is told so in place of its end. */
    void spoil(Cut by) {
        cut = by;
        stop = by;
        spoiled = true;
        told = false;
    }

    /** The peer has forgotten the exchange: nothing more will come, and nothing has to be said. */
    void forgotten() {
        if (!isOver()) {
            cut = stop;
        }
        told = true;
    }

    /** We read no more of it. */
    void stop(Cut by) {
        if (stop == null && !isOver()) {
            stop = by;
        }
    }

    void consume(int count) {
        consumed += count;
    }

    /** By how much the window would grow, where its reader keeps up and has read a whole one; else 0. */
    int wantedGrowth(int maxWindow) {
        boolean hungry = consumed == received && consumed - grownAt >= window;
        return hungry && !isOver() ? Math.min(window, maxWindow - window) : 0;
    }

    void grow(int bytes) {
        window += bytes;
        grownAt = consumed;
    }

    int window() {
        return window;
    }

    /** Whether there is something to tell that can wait for a moment. */
    boolean isAckDue() {
        return stop == null && !isOver() && (received > acked || isGrantDue());
    }

    /**
     * Whether it can't wait.
     *
     * @param most how many bytes an ack may wait for
     */
    boolean isAckUrgent(int most) {
        return stop == null
                && !isOver()
                && ((received - acked >= Math.min(window / 4, most) && received > acked) || isGrantDue());
    }

    /** Whether there is room to be told of: a quarter of the window, or any where the peer has used up all. */
    private boolean isGrantDue() {
        long grant = consumed + window - limit;
        return grant > 0 && (grant >= window / 4 || received == limit);
    }

    /** An ack goes out: returns the limit that is in it. */
    long ack() {
        acked = received;
        limit = Math.max(limit, consumed + window);
        if (ended) {
            told = true;
        }
        return limit;
    }

    /** Whether the peer has to be told that its message is over for us. */
    boolean isKnownDue() {
        return isOver() && !told && !spoiled;
    }

    void knownSaid() {
        told = true;
    }

    /** Whether the peer has to know where we are with it. */
    boolean isListed() {
        return !spoiled && (stop == null || isOver());
    }

    /** Whether the peer has to be told that we read no more. */
    boolean isStopDue() {
        return stop != null && !stopSaid && (!isOver() || spoiled);
    }

    void stopSaid() {
        stopSaid = true;
        told |= spoiled;
    }

    /** There is a new connection: what was said on the old one may be lost. */
    void connected() {
        told = false;
        stopSaid = false;
        acked = 0;
    }

    /** Whether nothing of it has to be said any more. */
    boolean isSettled() {
        return isOver() && told;
    }
}
