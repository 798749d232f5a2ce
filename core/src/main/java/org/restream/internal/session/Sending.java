package org.restream.internal.session;

import org.jspecify.annotations.Nullable;
import org.restream.internal.session.wire.Flags;
import org.restream.internal.session.wire.ProtocolException;

/** Our message in one exchange: how much of it there is, has been sent, and has arrived. */
final class Sending {
    /** What the program has written. */
    private long written;

    private boolean ended;
    private @Nullable Cut cut;
    /** The next byte to send on this connection. */
    private long next;
    /** The most that was ever sent, on any connection. */
    private long sent;
    /** Whether this connection carries the end, or the cut. */
    private boolean endSaid;
    /** Whether any connection carried the end. */
    private boolean endSent;

    private long received;
    private long limit;
    /** How many unacknowledged bytes it may hold beyond {@link SessionConfig#OWN_UNACKED}. */
    private int extra;
    /** The message is over for the peer: it has it whole, knows of the cut, or reads no more of it. */
    private boolean known;
    /** The peer reads no more, and waits to be told where the message ends. */
    private boolean endAwaited;
    /** Why the peer reads no more, or did not take what it has read. */
    private @Nullable Cut stop;

    Sending(long limit) {
        this.limit = limit;
    }

    void write(int count) {
        written += count;
    }

    void end() {
        ended = true;
    }

    boolean isOver() {
        return ended || cut != null;
    }

    boolean isKnown() {
        return known;
    }

    @Nullable
    Cut cut() {
        return cut;
    }

    @Nullable
    Cut stop() {
        return stop;
    }

    long written() {
        return written;
    }

    long received() {
        return received;
    }

    /** What the program may write now. */
    long room() {
        long most = Math.min(useful(), SessionConfig.OWN_UNACKED + extra);
        return Math.min(most - (written - received), SessionConfig.MAX_UNSENT - (written - next));
    }

    /** How many unacknowledged bytes the peer's limit makes good use of. */
    private long useful() {
        return Math.min(Math.max(limit - received, SessionConfig.MIN_UNACKED), SessionConfig.MAX_UNACKED);
    }

    /** How much more memory the program could use. */
    int wantedRoom() {
        int held = SessionConfig.OWN_UNACKED + extra;
        return (int) Math.max(0, Math.min(held, useful() - held));
    }

    void widen(int more) {
        extra += more;
    }

    /** It holds no more than its own from now on; returns what it might have beyond that. */
    int narrow() {
        int before = extra;
        extra = 0;
        return before;
    }

    /** Sent on this connection, and not known to have arrived. */
    long inFlight() {
        return known ? 0 : next - received;
    }

    /** How many bytes may go out now. */
    long sendable() {
        return known || cut != null ? 0 : Math.min(written, limit) - next;
    }

    /** Whether a frame of data is due, perhaps without data. */
    boolean isDue() {
        return !known && cut == null && (next < Math.min(written, limit) || (ended && !endSaid && next == written));
    }

    /** Whether all has been sent that the peer allows, and there is more. */
    boolean isLimited() {
        return !known && cut == null && next == limit && written > limit;
    }

    /** The offset of the frame that goes out now, with so many bytes. */
    long take(int length) {
        long offset = next;
        next += length;
        sent = Math.max(sent, next);
        return offset;
    }

    /** Whether the end goes with what has been taken. */
    boolean takeEnd() {
        if (ended && next == written && !endSaid) {
            endSaid = true;
            endSent = true;
            return true;
        }
        return false;
    }

    /** Whether all of it has gone out, on whichever connections. */
    boolean wasSentWhole() {
        return endSent && cut == null;
    }

    /** It ends here, unfinished. */
    void cut(Cut by) {
        if (cut == null && !(ended && known)) {
            cut = by;
            endSaid = false;
        }
    }

    /** Whether an X for our direction is due. */
    boolean isCutDue() {
        return cut != null && !endSaid && (!known || endAwaited);
    }

    void cutSaid() {
        endSaid = true;
    }

    /** Where the message ends. */
    long finalSize() {
        return sent;
    }

    /** The peer takes so much of it. */
    void allow(long most) {
        limit = Math.max(limit, most);
    }

    /** The peer says where it is; returns whether that is anything new. */
    boolean acked(int flags, long upTo, long newLimit) throws ProtocolException {
        if (upTo > sent) {
            throw new ProtocolException(
                    "the peer has received " + upTo + " bytes of a message of which " + sent + " were sent");
        }
        boolean isNew = upTo > received || newLimit > limit || ((flags & Flags.ACK_END) != 0 && !known);
        received = Math.max(received, upTo);
        next = Math.max(next, received);
        limit = Math.max(limit, newLimit);
        if ((flags & Flags.ACK_END) != 0) {
            known();
        }
        return isNew;
    }

    /** The message is over for the peer. */
    void known() throws ProtocolException {
        if (!isOver()) {
            throw new ProtocolException("the peer knows the end of a message that has not ended");
        }
        if (cut == null) {
            received = written;
        }
        known = true;
        endAwaited = false;
    }

    /** The peer reads no more. It is told where the message ends, unless this connection carries that already. */
    void stopped(Cut by) {
        stop = by;
        if (cut == null && !endSaid) {
            cut = by;
        }
        known = true;
        endAwaited = true;
    }

    /** There is a new connection: the peer goes on from where it is, and may not have heard of the end. */
    void connected() {
        endSaid = false;
        next = received;
    }

    /** The peer does not have anything of it. */
    void begins() {
        connected();
        sent = 0;
    }

    /** Whether the peer says less than it has said before. */
    boolean isBehind(long upTo) {
        return upTo < received;
    }

    /** Whether nothing of it has to be said any more. */
    boolean isSettled() {
        return known && (!endAwaited || endSaid);
    }
}
