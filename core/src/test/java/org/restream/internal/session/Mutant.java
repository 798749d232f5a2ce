package org.restream.internal.session;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.restream.internal.session.Invariants.Private;
import org.restream.internal.session.wire.Flags;
import org.restream.internal.session.wire.ProtocolException;

/** A rule of the protocol that is broken on purpose, to see that the search would find it. */
enum Mutant {
    NONE,
    /** An exchange is forgotten before the peer was told that its message is here. */
    FORGET_UNTOLD {
        @Override
        void afterStep(World world) {
            forgetUntold(world.client);
            if (world.server != null) {
                forgetUntold(world.server);
            }
        }

        private void forgetUntold(Session session) {
            for (Channel channel : session.sorted()) {
                if (channel.sending.isKnown() && channel.receiving.isOver()) {
                    channel.receiving.knownSaid();
                    session.changed(channel);
                }
            }
        }
    },
    /** Data are sent before the peer's listing has come. */
    NO_LISTING_WAIT {
        @Override
        void afterConnected(Session session) {
            Private.set(session.output(), "peerListed", true);
        }
    },
    /** A cut is not repeated on a new connection. */
    CUT_NOT_REPEATED {
        @Override
        void afterConnected(Session session) {
            for (Channel channel : session.sorted()) {
                if (channel.sending.cut() != null) {
                    channel.sending.cutSaid();
                }
            }
        }
    },
    /** That nothing more is read is not repeated on a new connection. */
    STOP_NOT_REPEATED {
        @Override
        void afterConnected(Session session) {
            for (Channel channel : session.sorted()) {
                if (channel.receiving.stop() != null) {
                    channel.receiving.stopSaid();
                }
            }
        }
    },
    /** K is lost. */
    KNOWN_LOST {
        @Override
        @Nullable
        Frame sent(World world, boolean fromClient, Frame frame) {
            return frame.type() == 'K' ? null : frame;
        }
    },
    /** Acks are not sent but in listings. */
    ACK_LOST {
        @Override
        @Nullable
        Frame sent(World world, boolean fromClient, Frame frame) {
            return frame.type() == 'A' && !frame.has(Flags.ACK_LIST) ? null : frame;
        }
    },
    /** M is lost. */
    MORE_LOST {
        @Override
        @Nullable
        Frame sent(World world, boolean fromClient, Frame frame) {
            return frame.type() == 'M' ? null : frame;
        }
    },
    /** Who is asked to send no more does not say where the message ends. */
    STOP_UNANSWERED {
        @Override
        @Nullable
        Frame sent(World world, boolean fromClient, Frame frame) {
            return frame.type() == 'X' && frame.flags() == Flags.CUT_MINE ? null : frame;
        }
    },
    /** The end is not sent again. */
    END_NOT_REPEATED {
        @Override
        void afterConnected(Session session) {
            for (Channel channel : session.sorted()) {
                Sending sending = channel.sending;
                boolean isSent = sending.isOver() && sending.finalSize() == sending.written();
                Private.set(sending, "endSaid", isSent && sending.cut() == null);
            }
        }
    },
    /** A sender goes on from where it was, not from where the peer is. */
    NEXT_KEPT {
        @Override
        void afterConnected(Session session) {
            session.sorted().forEach(channel -> Private.set(channel.sending, "next", channel.sending.finalSize()));
        }
    },
    /** An exchange that never arrived is not opened again. */
    OPEN_NOT_REPEATED {
        @Override
        Frame sent(World world, boolean fromClient, Frame frame) {
            boolean isAgain = frame.type() == 'D' && frame.has(Flags.OPEN) && world.losses > 0;
            return isAgain ? frame.withFlags(frame.flags() & ~Flags.OPEN) : frame;
        }
    },
    /** The server says that it has seen more than it has. */
    SEEN_TOO_HIGH {
        @Override
        Frame sent(World world, boolean fromClient, Frame frame) {
            boolean isServers = frame.type() == 'Z' && !fromClient;
            return isServers ? new Frame('Z', 0, 0, world.client.highest(), 0) : frame;
        }
    },
    /** What the peer does not list any more is not taken for settled. */
    ABSENCE_IGNORED {
        @Override
        Frame received(World world, boolean toClient, Frame frame) {
            if (frame.type() == 'Z') {
                world.side(toClient).sorted().forEach(channel -> channel.mentioned = true);
            }
            return frame;
        }
    },
    /** Messages that are here, whole, are not listed. */
    WHOLE_NOT_LISTED {
        @Override
        @Nullable
        Frame sent(World world, boolean fromClient, Frame frame) {
            return frame.type() == 'A' && frame.flags() == (Flags.ACK_LIST | Flags.ACK_END) ? null : frame;
        }
    },
    /** A limit is taken for an addition to the last one. */
    LIMIT_ADDED {
        @Override
        Frame received(World world, boolean toClient, Frame frame) {
            Channel channel = frame.type() == 'A' ? world.side(toClient).live(frame.exchange()) : null;
            if (channel == null) {
                return frame;
            }
            long limit = Private.number(channel.sending, "limit") + frame.second() - frame.first();
            return new Frame('A', frame.exchange(), frame.flags(), frame.first(), limit);
        }
    },
    /** The sender keeps to no limit. */
    LIMIT_IGNORED {
        @Override
        Frame received(World world, boolean toClient, Frame frame) {
            boolean isAck = frame.type() == 'A';
            return isAck ? new Frame('A', frame.exchange(), frame.flags(), frame.first(), 1000) : frame;
        }
    },
    /** Bytes are forgotten when they are sent. */
    RELEASED_WHEN_SENT {
        @Override
        Frame sent(World world, boolean fromClient, Frame frame) {
            if (frame.type() == 'D') {
                Channel channel = world.side(fromClient).live(frame.exchange());
                if (channel != null) {
                    channel.endpoint().release(frame.first() + frame.bytes().length);
                }
            }
            return frame;
        }
    },
    /** An ack claims bytes that are still under way. */
    ACK_AHEAD {
        @Override
        Frame sent(World world, boolean fromClient, Frame frame) {
            return frame.type() == 'A'
                    ? new Frame('A', frame.exchange(), frame.flags(), frame.first() + 1, frame.second())
                    : frame;
        }
    },
    /** The place of an exchange is given away while its handler runs. */
    PLACE_FREED_EARLY,
    /** The client opens more than it may. */
    CREDIT_IGNORED {
        @Override
        void afterConnected(Session session) {
            ((Numbers) Private.part(session, "numbers")).allow(100);
        }
    },
    /** A connection that is older than the last one takes the session over. */
    EPOCH_UNCHECKED,
    /** What comes on an old connection is still taken. */
    NO_FENCE,
    /** A server that does not know the session begins a new one. */
    MEMORY_UNCHECKED,
    /** What was opened is told to be never started. */
    LIAR,
    /** A cut tells another size than the message has. */
    CUT_SIZE_LESS {
        @Override
        Frame sent(World world, boolean fromClient, Frame frame) {
            return frame.type() == 'X' && frame.second() > 0
                    ? new Frame('X', frame.exchange(), frame.flags(), frame.first(), frame.second() - 1)
                    : frame;
        }
    },
    /** What a window has grown by does not come back at the exchange's end. */
    GROWTH_LOST {
        @Override
        void afterStep(World world) {
            for (Session side : world.server == null ? List.of(world.client) : List.of(world.client, world.server)) {
                for (Channel channel : side.sorted()) {
                    Private.set(channel.receiving, "window", Math.min(channel.receiving.window(), 2));
                }
            }
        }
    },
    /** A wrong CRC is not told. */
    SPOILED_UNTOLD {
        @Override
        @Nullable
        Frame sent(World world, boolean fromClient, Frame frame) {
            return frame.type() == 'X' ? null : frame;
        }
    };

    void afterConnected(Session session) {}

    /** A frame goes out: returns what goes out in its place; null: nothing. */
    @Nullable
    Frame sent(World world, boolean fromClient, Frame frame) {
        return frame;
    }

    /** A frame comes in: returns what comes in in its place; null: nothing. */
    @Nullable
    Frame received(World world, boolean toClient, Frame frame) throws ProtocolException {
        return frame;
    }

    void afterStep(World world) {}
}
