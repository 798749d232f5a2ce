package org.restream.internal.session;

import java.util.ArrayDeque;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.restream.internal.session.wire.Flags;
import org.restream.internal.session.wire.FrameEncoder;

/**
 * What a session has to send, and in which order: control, then the first piece of each new exchange, then all in turns. What is
 * due is state, which can't pile up; it becomes a frame only when it goes out.
 */
public final class Output {
    /** With so many ends or acks to tell none of them waits any longer. */
    private static final int MANY = 64;
    /** What one exchange has to tell beside data, at most. */
    private static final int MAX_CONTROL = FrameEncoder.CUT_MAX + FrameEncoder.ACK_SIZE;

    private final Session session;
    private final SessionConfig config;
    private final Numbers numbers;
    private final DataQueue data;
    private final Listing listing = new Listing();
    /** Those with an ack, a cut or an end to tell. */
    private final ArrayDeque<Channel> control = new ArrayDeque<>();

    private final Replies replies = new Replies();
    private final AckPace acks = new AckPace();

    private boolean connected;
    private boolean peerListed;
    /** Something is due that does not wait for company. */
    private boolean urgent;

    private @Nullable Cut bye;
    /** This side goes, and for how many milliseconds what lives may go on; told on each connection. */
    private @Nullable Cut going;

    private int goingMillis;
    private boolean goingSaid;
    private boolean byeSaid;

    Output(Session session, SessionConfig config, Numbers numbers, LongSupplier nanoTime) {
        this.session = session;
        this.config = config;
        this.numbers = numbers;
        data = new DataQueue(session, config, numbers, nanoTime);
    }

    /** Whether there is something to send now. */
    public boolean isDue() {
        return connected && (bye == null ? urgent || isDataDue() : !byeSaid);
    }

    /** Whether there is something to send that waits for company, though not for long: see {@link #releaseDelayed}. */
    public boolean isDelayed() {
        return connected && !urgent && peerListed && !control.isEmpty();
    }

    /** Nothing waits for company any more. */
    public void releaseDelayed() {
        urgent |= isDelayed();
    }

    private boolean isDataDue() {
        return peerListed && listing.isDone() && data.isDue();
    }

    /** Asks the peer for a sign of life. */
    public void ping(long token) {
        replies.ping(token);
        urgent = true;
    }

    /** The peer asks for one; only its newest question is answered. */
    void pong(long token) {
        replies.pong(token);
        urgent = true;
    }

    /** Nothing new is opened or accepted from now on; what lives goes on for about so long. */
    public void going(int code, int millis, String text) {
        going = new Cut(false, code, text);
        goingMillis = millis;
        goingSaid = false;
        urgent = true;
    }

    /** Ends the session; nothing follows. */
    public void bye(int code, String text) {
        bye = new Cut(false, code, text);
        urgent = true;
    }

    /** Why this side ends the session; null while it does not. What the peer says counts no more from then on. */
    public @Nullable Cut ending() {
        return bye;
    }

    /** Whether the end has gone out. */
    public boolean hasSaidBye() {
        return byeSaid;
    }

    void connected(List<Channel> toList, boolean resumed, int maxFrame) {
        control.clear();
        data.connected(maxFrame);
        listing.begin(toList, resumed);
        replies.connected();
        goingSaid = false;
        acks.begin();
        connected = true;
        peerListed = !resumed;
        urgent = resumed || isGoingDue();
    }

    void disconnected() {
        connected = false;
    }

    /** The peer's listing is complete: these are not known to it. */
    void peerListed(List<Channel> unknown) {
        peerListed = true;
        data.openAgain(unknown);
        moreMayBeDue();
        urgent |= isGoingDue();
    }

    private boolean isGoingDue() {
        return going != null && !goingSaid;
    }

    /** Whether more bytes have come than are parsed now, as far as the caller can tell. */
    public void flowing(boolean more) {
        urgent |= acks.flowing(more) && isDelayed();
    }

    /** So many bytes have come. */
    void received(int bytes) {
        urgent |= acks.received(bytes);
    }

    /** What was under way of a channel has changed. */
    void moved(long before, Channel channel) {
        long fewer = before - channel.sending.inFlight();
        if (fewer != 0 && connected) {
            data.arrived(fewer);
        }
    }

    void moreMayBeDue() {
        urgent |= !config.client() && numbers.isMoreDue();
    }

    /** It may have something to say. */
    void ready(Channel channel) {
        if (!channel.inControl && channel.isControlDue()) {
            channel.inControl = true;
            control.add(channel);
        }
        data.ready(channel);
        urgent |= channel.isControlUrgent(acks)
                || control.size() >= MANY
                || (data.isCreditAwaited() && !control.isEmpty());
    }

    /** Sends what is due, as much as the sink takes. */
    public void produce(FrameSink sink) {
        if (!connected) {
            return;
        }
        replies.pings(sink);
        if (bye != null) {
            bye(sink, bye);
            return;
        }
        urgent = false;
        if (!listing.isDone()) {
            listing.produce(sink, numbers.highest());
            urgent = !listing.isDone();
            if (listing.isDone()) {
                listing.channels().forEach(session::changed);
            }
        }
        if (listing.isDone() && peerListed) {
            if (going != null && !goingSaid) {
                sink.going(going.code(), goingMillis, going.text());
                goingSaid = true;
            }
            control(sink);
            data.produce(sink);
        }
    }

    private void bye(FrameSink sink, Cut last) {
        if (!byeSaid && listing.isDone() && peerListed) {
            // what is over, or cut, is not to be in doubt
            control(sink);
        }
        if (!byeSaid && (control.isEmpty() || !peerListed) && sink.room() >= FrameEncoder.BYE_MAX) {
            sink.bye(last.code(), last.text());
            byeSaid = true;
        }
    }

    /** The peer asks about an exchange that is over: it is told so. */
    void forgotten(long number) {
        urgent |= number <= numbers.highest() && replies.forgotten(number);
    }

    private void control(FrameSink sink) {
        urgent = true; // unless all of it fits
        if (!replies.answer(sink)) {
            return;
        }
        for (Channel channel = control.peek(); channel != null; channel = control.peek()) {
            if (sink.room() < MAX_CONTROL) {
                return;
            }
            control.remove();
            channel.inControl = false;
            if (!channel.forgotten && channel.opened) {
                say(sink, channel);
                session.changed(channel);
            }
        }
        acks.begin();
        // last: what has just been said may have freed a place
        boolean more = !config.client() && numbers.isMoreDue();
        urgent = more && sink.room() < FrameEncoder.MORE_SIZE;
        if (more && !urgent) {
            sink.more(numbers.more());
        }
    }

    private void say(FrameSink sink, Channel channel) {
        Listing.cut(sink, channel);
        Receiving receiving = channel.receiving;
        if (receiving.isKnownDue() && (config.client() || !receiving.hasEnded())) {
            receiving.knownSaid();
            sink.known(channel.number);
        } else if (receiving.isKnownDue()) {
            // K of a server answers a cut: a client that has cut must not take this for it
            sink.ack(channel.number, Flags.ACK_END, receiving.received(), receiving.ack());
        } else if (receiving.isAckDue()) {
            sink.ack(channel.number, 0, receiving.received(), receiving.ack());
        }
    }
}
