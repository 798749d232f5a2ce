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
    /** What a frame with data has around them, at most. */
    private static final int DATA_OVERHEAD =
            FrameEncoder.DATA_HEAD + FrameEncoder.DEADLINE_SIZE + FrameEncoder.CRC_SIZE;
    /** A piece that is smaller than this, and not the last one, waits for the next turn. */
    private static final int MIN_PIECE = 1024;

    private final Session session;
    private final SessionConfig config;
    private final Numbers numbers;
    private final InFlight flight;
    private final Listing listing = new Listing();
    /** Those with an ack, a cut or an end to tell. */
    private final ArrayDeque<Channel> control = new ArrayDeque<>();
    /** To be opened again after a resume, in the order of their numbers. */
    private final ArrayDeque<Channel> again = new ArrayDeque<>();

    private final ArrayDeque<Channel> fresh = new ArrayDeque<>();
    private final ArrayDeque<Channel> going = new ArrayDeque<>();

    private boolean connected;
    private boolean peerListed;
    /** Something is due that does not wait for company. */
    private boolean urgent;
    /** Bytes that have come since acks went out. */
    private long unacked;

    private @Nullable Long pong;
    private @Nullable Long ping;
    private @Nullable Cut bye;
    private boolean byeSaid;

    Output(Session session, SessionConfig config, Numbers numbers, LongSupplier nanoTime) {
        this.session = session;
        this.config = config;
        this.numbers = numbers;
        flight = new InFlight(nanoTime);
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
        return peerListed
                && listing.isDone()
                && flight.hasRoom()
                && (!again.isEmpty() || !going.isEmpty() || (!fresh.isEmpty() && numbers.hasCredit()));
    }

    /** Asks the peer for a sign of life. */
    public void ping(long token) {
        ping = token;
        urgent = true;
    }

    /** The peer asks for one; only its newest question is answered. */
    void pong(long token) {
        pong = token;
        urgent = true;
    }

    /** Ends the session; nothing follows. */
    public void bye(int code, String text) {
        bye = new Cut(false, code, text);
        urgent = true;
    }

    /** Whether the end has gone out. */
    public boolean hasSaidBye() {
        return byeSaid;
    }

    void connected(List<Channel> toList, boolean resumed) {
        control.clear();
        again.clear();
        going.clear();
        fresh.removeIf(channel -> channel.number > 0);
        flight.reset();
        listing.begin(toList, resumed);
        pong = null;
        ping = null;
        unacked = 0;
        connected = true;
        peerListed = !resumed;
        urgent = resumed;
    }

    void disconnected() {
        connected = false;
    }

    /** The peer's listing is complete: these are not known to it. */
    void peerListed(List<Channel> unknown) {
        peerListed = true;
        going.removeIf(channel -> !channel.opened);
        again.addAll(unknown);
        unknown.forEach(channel -> channel.inData = true);
        moreMayBeDue();
    }

    /** So many bytes have come. */
    void received(int bytes) {
        unacked += bytes;
        urgent |= unacked >= SessionConfig.ACK_BYTES;
    }

    /** What was under way of a channel has changed. */
    void moved(long before, Channel channel) {
        long fewer = before - channel.sending.inFlight();
        if (fewer != 0 && connected) {
            flight.acked(fewer);
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
        urgent |= channel.isControlUrgent() || control.size() >= MANY || isCreditAwaited();
        if (!channel.inData && channel.isDataDue()) {
            channel.inData = true;
            (channel.number == 0 ? fresh : going).add(channel);
        }
    }

    /** Exchanges wait for others to be over, of which the server may not know yet. */
    private boolean isCreditAwaited() {
        return config.client() && !fresh.isEmpty() && !numbers.hasCredit() && !control.isEmpty();
    }

    /** Sends what is due, as much as the sink takes. */
    public void produce(FrameSink sink) {
        if (!connected) {
            return;
        }
        pings(sink);
        if (bye != null) {
            if (!byeSaid) {
                sink.bye(bye.code(), bye.text());
                byeSaid = true;
            }
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
            control(sink);
            data(sink);
        }
    }

    private void pings(FrameSink sink) {
        if (pong != null) {
            sink.ping(true, pong);
            pong = null;
        }
        if (ping != null) {
            sink.ping(false, ping);
            ping = null;
        }
    }

    private void control(FrameSink sink) {
        for (Channel channel = control.peek(); channel != null; channel = control.peek()) {
            if (sink.room()
                    < FrameEncoder.CUT_MAX
                            + FrameEncoder.ACK_SIZE
                            + FrameEncoder.KNOWN_HEAD
                            + FrameEncoder.KNOWN_EACH) {
                urgent = true;
                return;
            }
            control.remove();
            channel.inControl = false;
            if (!channel.forgotten && channel.opened) {
                say(sink, channel);
                session.changed(channel);
            }
        }
        unacked = 0;
        urgent = false;
        // last: what has just been said may have freed a place
        if (!config.client() && numbers.isMoreDue()) {
            if (sink.room() < FrameEncoder.MORE_SIZE) {
                urgent = true;
                return;
            }
            sink.more(numbers.more());
        }
    }

    private static void say(FrameSink sink, Channel channel) {
        Listing.cut(sink, channel);
        Receiving receiving = channel.receiving;
        if (receiving.isKnownDue()) {
            receiving.knownSaid();
            sink.known(channel.number);
        } else if (receiving.isAckDue()) {
            sink.ack(channel.number, 0, receiving.received(), receiving.ack());
        }
    }

    private void data(FrameSink sink) {
        while (!again.isEmpty() && mayStart(sink, again.peek())) {
            open(sink, again.remove());
        }
        if (!again.isEmpty()) {
            return;
        }
        int kept = going.isEmpty() ? 0 : sink.room() / 4;
        while (!fresh.isEmpty() && sink.room() > kept) {
            Channel channel = fresh.peek();
            if (channel.isDead()) {
                fresh.remove();
            } else if (numbers.hasCredit() && mayStart(sink, channel)) {
                session.numbered(fresh.remove());
                open(sink, channel);
            } else {
                break;
            }
        }
        while (!going.isEmpty() && (going.peek().forgotten || mayStart(sink, going.peek()))) {
            Channel channel = going.remove();
            channel.inData = false;
            if (!channel.forgotten && channel.isDataDue()) {
                piece(sink, channel, 0, going.isEmpty() ? config.maxFrame() : config.quantum());
            }
        }
    }

    /** Whether a piece of a size that is worth it fits. */
    private boolean mayStart(FrameSink sink, Channel channel) {
        long piece = Math.min(channel.sending.sendable(), MIN_PIECE);
        return flight.hasRoom() && sink.room() >= Math.max(DATA_OVERHEAD + piece, FrameEncoder.CUT_MAX);
    }

    private void open(FrameSink sink, Channel channel) {
        channel.inData = false;
        channel.beginsHere();
        if (channel.sending.cut() == null) {
            piece(sink, channel, Flags.OPEN, config.quantum());
        } else {
            Listing.unopened(sink, channel);
            session.changed(channel);
        }
    }

    private void piece(FrameSink sink, Channel channel, int open, int most) {
        Sending sending = channel.sending;
        int flags = open;
        if (open != 0 && channel.isTimed()) {
            flags |= Flags.DEADLINE;
        }
        int length = (int) Math.min(sending.sendable(), Math.min(most, sink.room() - DATA_OVERHEAD));
        long offset = sending.take(length);
        if (sending.takeEnd()) {
            flags |= Flags.END;
        }
        if (channel.receiving.isKnownDue()) {
            channel.receiving.knownSaid();
            flags |= Flags.ALL;
        }
        flight.sent(length);
        sink.data(channel, flags, offset, length);
        session.changed(channel);
    }
}
