package org.restream.internal.session;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.restream.internal.session.Session.Acceptor;
import org.restream.internal.session.wire.ByeCode;
import org.restream.internal.session.wire.CutCode;
import org.restream.internal.session.wire.Flags;
import org.restream.internal.session.wire.FrameHandler;
import org.restream.internal.session.wire.ProtocolException;

/**
 * What the peer says in a session. A method that throws a {@link ProtocolException} leaves a session that is of no use any more.
 */
public final class Input implements FrameHandler {
    private final Session session;
    private final boolean client;
    private final Numbers numbers;
    private final Output output;
    private final Acceptor acceptor;
    private final Cost cost;

    private final PeerListing listing;
    private long pongs;
    private @Nullable Cut goodbye;
    private @Nullable Cut going;

    Input(Session session, boolean client, Numbers numbers, Output output, Acceptor acceptor, Cost cost) {
        this.session = session;
        this.client = client;
        this.numbers = numbers;
        this.output = output;
        this.acceptor = acceptor;
        this.cost = cost;
        listing = new PeerListing(session, client, numbers, output);
    }

    void connected(boolean resumed) {
        listing.begin(resumed);
    }

    /** How many pings of ours the peer has answered. */
    public long pongs() {
        return pongs;
    }

    /** The peer has ended the session, and why; null while it has not. */
    public @Nullable Cut goodbye() {
        return goodbye;
    }

    /** The peer opens or accepts nothing new, and why; null while it does. */
    public @Nullable Cut going() {
        return going;
    }

    /** The channel of that number; null where it is over. */
    private @Nullable Channel find(long number) throws ProtocolException {
        Channel channel = session.live(number);
        if (channel == null && number > numbers.highest()) {
            throw new ProtocolException("exchange " + number + " was never opened");
        }
        return channel;
    }

    /** The same in a listing: a client lists what the server has not seen, too. */
    private @Nullable Channel findListed(long number) throws ProtocolException {
        return client ? find(number) : session.live(number);
    }

    @Override
    public void data(long exchange, int flags, long offset, int deadlineMillis, ByteBuffer bytes, int crc)
            throws ProtocolException {
        listing.checkDone();
        cost.spend(Cost.FRAME);
        Channel channel = !client && (flags & Flags.OPEN) != 0 ? open(exchange, deadlineMillis) : find(exchange);
        if (channel == null) {
            cost.spend(Cost.LATE_DATA);
            return;
        }
        if ((flags & Flags.ALL) != 0) {
            session.known(channel);
        }
        Receiving receiving = channel.receiving;
        if (receiving.stop() == null) {
            int length = bytes.remaining();
            receiving.accept(offset, length);
            channel.endpoint().receive(bytes);
            output.received(length);
            cost.moved(length);
        } else {
            cost.spend(Cost.LATE_DATA);
        }
        if ((flags & Flags.END) != 0) {
            ended(channel, flags, crc);
        }
        channel.endpoint().changed();
        session.changed(channel);
    }

    private void ended(Channel channel, int flags, int crc) {
        boolean wanted = channel.receiving.stop() == null;
        channel.receiving.end();
        if (wanted && (flags & Flags.CRC) != 0 && !channel.endpoint().matches(crc)) {
            Cut wrong = new Cut(false, CutCode.CHECKSUM, "the message's CRC32C is not the one that was sent");
            channel.receiving.spoil(wrong);
            session.cut(channel, wrong);
        }
    }

    private Channel open(long number, int deadlineMillis) throws ProtocolException {
        Channel channel = accept(number);
        channel.attach(acceptor.opened(channel, deadlineMillis));
        return channel;
    }

    private Channel accept(long number) throws ProtocolException {
        if (client) {
            throw new ProtocolException("a server gives up exchange " + number + ", which only a client opens");
        }
        numbers.opened(number);
        return session.accepted(number);
    }

    @Override
    public void ack(long exchange, int flags, long received, long released, long limit) throws ProtocolException {
        boolean list = (flags & Flags.ACK_LIST) != 0;
        listing.check(list);
        cost.spend(Cost.FRAME);
        Channel channel = list ? findListed(exchange) : find(exchange);
        if (channel == null) {
            if (list) {
                output.forgotten(exchange);
            }
            return;
        }
        channel.mentioned = true;
        channel.opened = true;
        long before = channel.sending.inFlight();
        long arrived = channel.sending.received();
        // who read no more has dropped bytes before the end: then the position says nothing
        boolean isWhole = (flags & Flags.ACK_END) != 0;
        if (list && !isWhole && channel.sending.isBehind(received)) {
            channel.abort(CutCode.OFFSET_GONE, "bytes are asked for that were acknowledged");
        } else if (channel.sending.acked(flags, received, limit) || list) {
            cost.moved(channel.sending.received() - arrived);
        } else {
            cost.spend(Cost.IDLE_ACK);
        }
        output.moved(before, channel);
        channel.endpoint().release(channel.sending.received());
        channel.endpoint().changed();
        session.changed(channel);
    }

    @Override
    public void known(long exchange) throws ProtocolException {
        listing.checkDone();
        cost.spend(Cost.FRAME);
        Channel channel = find(exchange);
        if (channel != null) {
            if (client && channel.cutsBoth) {
                // a server says K only in answer to X: it has heard that we read no more, too
                channel.receiving.forgotten();
            }
            session.known(channel);
            channel.endpoint().changed();
            session.changed(channel);
        }
    }

    @Override
    public void cut(long exchange, int flags, int code, long finalSize, String text) throws ProtocolException {
        cost.spend(Cost.FRAME + Cost.CUT);
        boolean unopened = (flags & Flags.CUT_UNOPENED) != 0;
        if (unopened) {
            listing.checkDone();
        }
        Channel channel =
                unopened ? acceptUnopened(exchange) : listing.isDone() ? find(exchange) : findListed(exchange);
        if (channel == null) {
            output.forgotten(exchange);
            return;
        }
        channel.mentioned = true;
        channel.opened = true;
        Cut by = new Cut(true, code, text);
        if ((flags & Flags.CUT_MINE) != 0) {
            channel.receiving.cut(by, finalSize);
        }
        if ((flags & Flags.CUT_YOURS) != 0) {
            long before = channel.sending.inFlight();
            channel.sending.stopped(by);
            output.moved(before, channel);
            channel.endpoint().release(Long.MAX_VALUE);
        }
        channel.endpoint().changed();
        session.changed(channel);
    }

    /** An exchange that was given up before it was opened: only its number counts. */
    private Channel acceptUnopened(long number) throws ProtocolException {
        Channel channel = accept(number);
        channel.attach(NoEndpoint.INSTANCE);
        channel.handlerReturned();
        return channel;
    }

    @Override
    public void more(long highest) throws ProtocolException {
        if (!client) {
            throw new ProtocolException("a client allows exchanges");
        }
        numbers.allow(highest);
    }

    @Override
    public void ping(boolean pong, long token) {
        cost.spend(Cost.FRAME + Cost.PING);
        if (pong) {
            pongs++;
        } else {
            output.pong(token);
        }
    }

    @Override
    public void skipped() {
        cost.spend(Cost.FRAME);
    }

    @Override
    public void listed(long highest) throws ProtocolException {
        listing.end(highest);
    }

    @Override
    public void going(int code, int millis, String text) {
        cost.spend(Cost.FRAME);
        going = new Cut(true, code, text);
    }

    @Override
    public void bye(int code, String text) throws ProtocolException {
        goodbye = new Cut(true, code, text);
        if (!client && (code == ByeCode.DONE || code == ByeCode.IDLE)) {
            session.clientIsDone();
        }
    }
}
