package org.restream.internal.session;

import java.util.ArrayDeque;
import java.util.List;
import java.util.function.LongSupplier;
import org.restream.internal.session.wire.Flags;
import org.restream.internal.session.wire.FrameEncoder;

/** The messages that have something to send, in which order, and how much of each at a time. */
final class DataQueue {
    /** What a frame with data has around them, at most. */
    private static final int OVERHEAD = FrameEncoder.DATA_HEAD + FrameEncoder.DEADLINE_SIZE + FrameEncoder.CRC_SIZE;
    /** A piece that is smaller than this, and not the last one, waits for the next turn. */
    private static final int MIN_PIECE = 1024;

    private final Session session;
    private final SessionConfig config;
    private final Numbers numbers;
    private final InFlight flight;
    /** To be opened again after a resume, in the order of their numbers. */
    private final ArrayDeque<Channel> again = new ArrayDeque<>();
    /** To be opened. */
    private final ArrayDeque<Channel> fresh = new ArrayDeque<>();
    /** Open, with more to send. */
    private final ArrayDeque<Channel> going = new ArrayDeque<>();

    private int maxFrame;

    DataQueue(Session session, SessionConfig config, Numbers numbers, LongSupplier nanoTime) {
        this.session = session;
        this.config = config;
        this.numbers = numbers;
        flight = new InFlight(nanoTime);
        maxFrame = config.maxFrame();
    }

    /** Another connection, on which nothing was sent. */
    void connected(int peersMaxFrame) {
        again.clear();
        going.clear();
        fresh.removeIf(channel -> channel.number > 0);
        flight.reset();
        maxFrame = Math.min(config.maxFrame(), peersMaxFrame);
    }

    /** The peer does not know of these: they are opened again, before all others. */
    void openAgain(List<Channel> unknown) {
        going.removeIf(channel -> !channel.opened);
        again.addAll(unknown);
        unknown.forEach(channel -> channel.inData = true);
    }

    /** It may have data to send. */
    void ready(Channel channel) {
        if (!channel.inData && channel.isDataDue()) {
            channel.inData = true;
            (channel.number == 0 ? fresh : going).add(channel);
        }
    }

    /** So many bytes fewer are under way. */
    void arrived(long bytes) {
        flight.acked(bytes);
    }

    boolean isDue() {
        return flight.hasRoom() && (!again.isEmpty() || !going.isEmpty() || (!fresh.isEmpty() && numbers.hasCredit()));
    }

    /** Whether exchanges wait for the end of others. */
    boolean isCreditAwaited() {
        return config.client() && !fresh.isEmpty() && !numbers.hasCredit();
    }

    /**
     * Sends as much as the sink takes: the first piece of each new exchange, and then all in turns. New ones leave a quarter to the
     * others, so that many small ones can't hold up what is large.
     */
    void produce(FrameSink sink) {
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
                piece(sink, channel, 0, going.isEmpty() ? maxFrame : config.quantum());
            }
        }
    }

    /** Whether a piece of a size that is worth it fits. */
    private boolean mayStart(FrameSink sink, Channel channel) {
        long piece = Math.min(channel.sending.sendable(), MIN_PIECE);
        return flight.hasRoom() && sink.room() >= Math.max(OVERHEAD + piece, FrameEncoder.CUT_MAX);
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
        if (config.client() && open != 0 && channel.isTimed()) {
            flags |= Flags.DEADLINE;
        }
        int length = (int) Math.min(sending.sendable(), Math.min(Math.min(most, maxFrame), sink.room() - OVERHEAD));
        long offset = sending.take(length);
        if (!config.client() && offset == 0) {
            flags |= Flags.OPEN;
        }
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
