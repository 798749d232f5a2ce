package org.restream.internal.session;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.restream.internal.session.wire.ProtocolException;

/**
 * One side of a session, through all its connections: its exchanges, and what the program does with them. What the peer says goes
 * into {@link #input}, what is to be said comes out of {@link #output}. Not for several threads at once.
 */
public final class Session {
    /** Gets to know of what a client opens. */
    public interface Acceptor {
        /**
         * A server: takes on an exchange.
         *
         * @param deadlineMillis how much time is left for it; 0: any
         */
        Endpoint opened(Channel channel, int deadlineMillis);
    }

    private final SessionConfig config;
    private final Numbers numbers;
    private final Output output;
    private final Input input;
    /** Those that have a number and are not forgotten. */
    private final Map<Long, Channel> live = new HashMap<>();

    private final Cost cost = new Cost();
    private final Growth growth;
    private boolean connected;
    private long peerLimit;

    /**
     * @param nanoTime the clock, to measure how much the line holds
     */
    public Session(SessionConfig config, Acceptor acceptor, LongSupplier nanoTime) {
        this(config, config.exchanges(), Memory.PLENTY, acceptor, nanoTime);
    }

    /**
     * The same for a server that has many.
     *
     * @param places how many exchanges may be open at first
     * @param memory what there is beyond what was taken for those
     */
    public Session(SessionConfig config, int places, Memory memory, Acceptor acceptor, LongSupplier nanoTime) {
        this.config = config;
        numbers = new Numbers(places);
        output = new Output(this, config, numbers, nanoTime);
        input = new Input(this, config.client(), numbers, output, acceptor, cost);
        growth = new Growth(memory, config.growth());
    }

    /** What the peer has cost lately. */
    public Cost cost() {
        return cost;
    }

    /** What the peer says goes there. */
    public Input input() {
        return input;
    }

    /** What is to be sent. */
    public Output output() {
        return output;
    }

    /** How many exchanges live that have a number. */
    public int liveCount() {
        return live.size();
    }

    /** The highest number that was opened; a server: that it has seen. */
    public long highest() {
        return numbers.highest();
    }

    /** A server: the highest number that may be opened, as the welcome tells it. */
    public long allowed() {
        return numbers.more();
    }

    /** A client: makes an exchange; it is opened when there is something to send, or somebody waits for the answer. */
    public Channel open(Endpoint endpoint) {
        Channel channel = open();
        channel.attach(endpoint);
        return channel;
    }

    /** The same; its endpoint must be attached before anything else is done with it. */
    public Channel open() {
        return new Channel(this, config.window(), peerLimit);
    }

    /**
     * There is a connection, whose first lines have been said.
     *
     * @param resumed whether the session was there before: then both sides list what lives
     * @param limit the first limit of our message in each new exchange
     * @param allowed a client: the highest number that it may open; a server: 0
     */
    public void connected(boolean resumed, long limit, long allowed) {
        connected(resumed, limit, allowed, config.maxFrame());
    }

    /**
     * The same.
     *
     * @param maxFrame the most data that the peer takes in one frame
     */
    public void connected(boolean resumed, long limit, long allowed, int maxFrame) {
        connected = true;
        input.connected(resumed);
        peerLimit = limit;
        numbers.allow(allowed);
        for (Channel channel : live.values()) {
            channel.connected();
        }
        output.connected(sorted(), resumed, maxFrame);
    }

    /** The connection is lost, or was given up: what was said on it may not have arrived. */
    public void disconnected() {
        connected = false;
        output.disconnected();
    }

    /** Those that have a number, in its order. */
    List<Channel> sorted() {
        List<Channel> all = new ArrayList<>(live.values());
        all.sort((a, b) -> Long.compare(a.number, b.number));
        return all;
    }

    /** Something has changed in the channel: it may have something to say, or nothing any more. */
    void changed(Channel channel) {
        if (!channel.forgotten && channel.number > 0 && connected && channel.isSettled()) {
            forget(channel);
        }
        if (!channel.forgotten) {
            output.ready(channel);
        } else if (!config.client() && channel.freesPlace()) {
            numbers.over();
            output.moreMayBeDue();
        }
    }

    private void forget(Channel channel) {
        live.remove(channel.number);
        channel.forgotten = true;
        growth.give((long) channel.receiving.window() - config.window(), channel.sending.narrow());
        if (channel.ownCut() == null && channel.peerCut() == null) {
            cost.earn(Cost.WELL_ENDED);
        }
        channel.endpoint().settled();
    }

    /** The channel's reader has taken bytes: there may be room to grant, and a window to grow. */
    void consumed(Channel channel) {
        long wanted = channel.receiving.wantedGrowth(config.maxWindow());
        if (growth.takeWindow(wanted)) {
            channel.receiving.grow((int) wanted);
        }
        changed(channel);
    }

    /** What the program may write in a channel now; where that is nothing it may get more. */
    long room(Channel channel) {
        Sending sending = channel.sending;
        long room = sending.room();
        int wanted = sending.wantedRoom();
        while (room <= 0 && !channel.forgotten && !channel.isDead() && growth.takeHeld(wanted)) {
            sending.widen(wanted);
            room = sending.room();
            wanted = sending.wantedRoom();
        }
        return room;
    }

    /** Our message ends unfinished. */
    void cut(Channel channel, Cut by) {
        long before = channel.sending.inFlight();
        channel.sending.cut(by);
        output.moved(before, channel);
        if (channel.isDead() && !channel.forgotten) {
            // the peer never hears of it
            forget(channel);
        } else {
            changed(channel);
        }
    }

    /** Our message is over for the peer. */
    void known(Channel channel) throws ProtocolException {
        long before = channel.sending.inFlight();
        long received = channel.sending.received();
        channel.sending.known();
        cost.moved(channel.sending.received() - received);
        output.moved(before, channel);
        channel.endpoint().release(Long.MAX_VALUE);
    }

    /** A server: for the client nothing is open any more. So it has each answer that was sent whole, though its K may be lost. */
    void clientIsDone() throws ProtocolException {
        for (Channel channel : sorted()) {
            if (channel.receiving.isOver() && channel.sending.wasSentWhole()) {
                channel.receiving.forgotten();
                known(channel);
                changed(channel);
            }
        }
    }

    /** A client's channel gets its number: its first frame goes out. */
    void numbered(Channel channel) {
        channel.number = numbers.next();
        channel.sending.allow(peerLimit);
        live.put(channel.number, channel);
    }

    /** A server's channel: the client has opened it. */
    Channel accepted(long number) {
        Channel channel = new Channel(this, config.window(), peerLimit);
        channel.number = number;
        channel.opened = true;
        live.put(number, channel);
        int more = numbers.wantedPlaces(config.exchanges());
        if (growth.takePlaces(more * config.memoryOfPlace())) {
            numbers.widen(more);
            output.moreMayBeDue();
        }
        return channel;
    }

    /** The channel of that number; null where none lives. */
    @Nullable
    Channel live(long number) {
        return live.get(number);
    }
}
