package org.restream.internal.session;

import org.restream.internal.session.wire.Flags;
import org.restream.internal.session.wire.FrameEncoder;
import org.restream.internal.session.wire.ProtocolException;

/** What is between a session and its connections on both sides: first lines, epochs, and the fence around an old connection. */
final class Carriers {
    private static final long FENCED = 1;
    private static final long UNKNOWN = 2;

    private final World world;
    private final Mutant mutant;

    Carriers(World world) {
        this.world = world;
        mutant = world.scenario.mutant;
    }

    void dial() {
        world.epoch++;
        Wire wire = new Wire(world.epoch);
        world.wires.add(wire);
        world.clientWire = wire;
        if (world.memoryKnown == 0) {
            world.asked++;
            wire.send(false, Frame.line('n', world.asked, world.epoch));
        } else {
            wire.send(false, Frame.line('r', world.memoryKnown, world.epoch));
            if (world.scenario.listsAtOnce) {
                connected(world.client, true, world.allowed);
            }
        }
    }

    void clientLeaves() {
        Wire wire = world.clientWire;
        if (wire != null) {
            wire.leftByClient();
            world.clientWire = null;
            world.client.disconnected();
        }
    }

    void serverLeaves() {
        Wire wire = world.serverWire;
        if (wire != null) {
            wire.leftByServer();
            world.serverWire = null;
            world.server().disconnected();
        }
    }

    private void connected(Session session, boolean resumed, long allowed) {
        session.connected(resumed, world.scenario.window, allowed);
        mutant.afterConnected(session);
    }

    void toClient(Wire wire, Frame frame) throws ProtocolException {
        if (wire != world.clientWire) {
            return;
        }
        if (!frame.isLine()) {
            receive(true, frame);
        } else if (frame.type() == 'w') {
            welcome(frame);
        } else {
            refused(frame.first());
        }
    }

    private void welcome(Frame frame) throws ProtocolException {
        boolean isResumed = world.memoryKnown > 0;
        world.memoryKnown = world.memoryKnown > 0 ? world.memoryKnown : world.memory;
        world.allowed = (int) frame.first();
        Violation.unless(frame.second() <= world.client.highest(), "the server has seen what was not opened");
        if (isResumed && world.scenario.listsAtOnce) {
            world.client.input().more(frame.first());
        } else {
            connected(world.client, isResumed, frame.first());
        }
    }

    private void refused(long code) {
        Violation.unless(code != FENCED, "the client is fenced by itself");
        Violation.unless(world.crashes > 0, "the server has forgotten the session");
        clientLeaves();
        world.sessionLost();
    }

    void toServer(Wire wire, Frame frame) throws ProtocolException {
        if (frame.type() == 'n') {
            create(wire, (int) frame.first());
        } else if (frame.type() == 'r') {
            resume(wire, (int) frame.first());
        } else if (wire == world.serverWire || (mutant == Mutant.NO_FENCE && world.server != null)) {
            receive(false, frame);
        }
    }

    private void create(Wire wire, int session) {
        if (session < world.held) {
            refuse(wire, FENCED);
            return;
        }
        Violation.unless(!world.isServerLive(), "a session with live exchanges is asked for anew");
        fence();
        world.held = session;
        take(wire, world.newServer(), false);
    }

    private void resume(Wire wire, int memory) {
        Session server = world.server;
        boolean isUnknown = server == null || memory != world.memory;
        if (isUnknown && mutant != Mutant.MEMORY_UNCHECKED) {
            refuse(wire, UNKNOWN);
        } else if (wire.epoch <= world.serverEpoch && mutant != Mutant.EPOCH_UNCHECKED) {
            refuse(wire, FENCED);
        } else {
            fence();
            take(wire, server == null ? world.newServer() : server, true);
        }
    }

    private void take(Wire wire, Session session, boolean resumed) {
        world.server = session;
        world.serverEpoch = wire.epoch;
        world.serverWire = wire;
        connected(session, resumed, 0);
        wire.send(true, Frame.line('w', session.allowed(), session.highest()));
    }

    private void fence() {
        Wire old = world.serverWire;
        if (old == null) {
            return;
        }
        old.serverHolds = false;
        if (mutant != Mutant.NO_FENCE) {
            old.toServer.clear();
        }
        world.serverWire = null;
        world.server().disconnected();
    }

    private static void refuse(Wire wire, long code) {
        wire.send(true, Frame.line('f', code, 0));
        wire.leftByServer();
    }

    private void receive(boolean toClient, Frame frame) throws ProtocolException {
        Frame seen = mutant.received(world, toClient, frame);
        if (seen != null) {
            seen.deliver(world.side(toClient).input());
        }
    }

    void send(boolean fromClient) {
        Session session = world.side(fromClient);
        Wire wire = fromClient ? world.clientWire : world.serverWire;
        if (wire == null) {
            throw new IllegalStateException("no connection");
        }
        Sink sink = new Sink(fromClient, wire);
        session.output().produce(sink);
        Violation.unless(sink.sent > 0 || !session.output().isDue(), "something is due that is not sent");
    }

    /** Turns what a session sends into values on the wire. */
    private final class Sink implements FrameSink {
        private final boolean fromClient;
        private final Wire wire;
        private int room = world.scenario.room;
        private int sent;

        Sink(boolean fromClient, Wire wire) {
            this.fromClient = fromClient;
            this.wire = wire;
        }

        private void put(Frame frame, int size) {
            room -= size;
            sent++;
            Violation.unless(room >= 0, "more is sent than there is room for");
            Frame altered = mutant.sent(world, fromClient, frame);
            if (altered != null) {
                wire.send(!fromClient, altered);
            }
        }

        @Override
        public int room() {
            return room;
        }

        @Override
        public void data(Channel channel, int flags, long offset, int length) {
            byte[] bytes = channel.endpoint() instanceof Program program
                    ? program.take(flags & Flags.END, offset, length)
                    : new byte[length];
            boolean isCorrupt = fromClient ? world.scenario.corruptRequest : world.scenario.corruptResponse;
            boolean isSpoiled = isCorrupt && channel.number == 1 && (flags & Flags.END) != 0;
            int allFlags = isSpoiled ? flags | Flags.CRC : flags;
            Frame frame = new Frame('D', channel.number, allFlags, offset, isSpoiled ? 1 : 0, bytes);
            put(frame, FrameEncoder.DATA_HEAD + length + (isSpoiled ? FrameEncoder.CRC_SIZE : 0));
        }

        @Override
        public void ack(long exchange, int flags, long received, long limit) {
            put(new Frame('A', exchange, flags, received, limit), FrameEncoder.ACK_SIZE);
        }

        @Override
        public void known(long exchange) {
            put(new Frame('K', exchange, 0, 0, 0), FrameEncoder.KNOWN_HEAD + FrameEncoder.KNOWN_EACH);
        }

        @Override
        public void cut(long exchange, int flags, Cut cut, long finalSize) {
            put(new Frame('X', exchange, flags, cut.code(), finalSize), FrameEncoder.CUT_MAX);
        }

        @Override
        public void more(long highest) {
            put(new Frame('M', 0, 0, highest, 0), FrameEncoder.MORE_SIZE);
        }

        @Override
        public void listed(long highest) {
            put(new Frame('Z', 0, 0, highest, 0), FrameEncoder.LISTED_SIZE);
        }

        @Override
        public void ping(boolean pong, long token) {
            throw new Violation("nobody asks for a ping");
        }

        @Override
        public void going(int code, int millis, String text) {
            throw new Violation("nobody goes");
        }

        @Override
        public void bye(int code, String text) {
            throw new Violation("nobody says bye");
        }
    }
}
