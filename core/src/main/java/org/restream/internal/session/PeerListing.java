package org.restream.internal.session;

import java.util.ArrayList;
import java.util.List;
import org.restream.internal.session.wire.ProtocolException;

/** What the peer says first on a connection that resumes a session, and what follows from it for the exchanges that live here. */
final class PeerListing {
    private final Session session;
    private final boolean client;
    private final Numbers numbers;
    private final Output output;
    private boolean done;

    PeerListing(Session session, boolean client, Numbers numbers, Output output) {
        this.session = session;
        this.client = client;
        this.numbers = numbers;
        this.output = output;
    }

    /** @param due whether there is to be one */
    void begin(boolean due) {
        done = !due;
    }

    boolean isDone() {
        return done;
    }

    void checkDone() throws ProtocolException {
        if (!done) {
            throw new ProtocolException("a frame before the end of the listing");
        }
    }

    /** Checks that an ack is a part of it, or not, as its flag says. */
    void check(boolean part) throws ProtocolException {
        if (part == done) {
            throw new ProtocolException(part ? "a listing after its end" : "an ack before the end of the listing");
        }
    }

    /**
     * It is complete. What is not in it is over for the peer, or has never arrived there.
     *
     * @param highest the highest number that a client has opened; that a server has seen
     */
    void end(long highest) throws ProtocolException {
        if (done) {
            throw new ProtocolException("a second end of the listing");
        }
        if (client ? highest > numbers.highest() : highest < numbers.highest()) {
            throw new ProtocolException("the listing ends with exchange " + highest + ", where " + numbers.highest()
                    + " was the last one here");
        }
        done = true;
        List<Channel> all = session.sorted();
        List<Channel> unknown = new ArrayList<>();
        for (Channel channel : all) {
            if (client && channel.number > highest) {
                channel.opened = false;
                unknown.add(channel);
            } else if (!channel.mentioned) {
                forgotten(channel);
            }
        }
        output.peerListed(unknown);
        all.forEach(session::changed);
    }

    /** The peer remembers nothing of it, which it does only when all has been said. */
    private void forgotten(Channel channel) throws ProtocolException {
        Receiving receiving = channel.receiving;
        if (!receiving.isOver() && receiving.stop() == null) {
            throw new ProtocolException("the peer has forgotten exchange " + channel.number + " before its end");
        }
        receiving.forgotten();
        session.known(channel);
        channel.endpoint().changed();
    }
}
