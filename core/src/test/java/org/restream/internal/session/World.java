package org.restream.internal.session;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Two sessions, their programs, and the connections between them: one state of a search. What may happen is in {@link Moves}. */
final class World {
    final Scenario scenario;
    final Session client;
    /** The server's, while it remembers it. */
    @Nullable
    Session server;

    final List<Program> clients = new ArrayList<>();
    final List<Program> servers = new ArrayList<>();
    final List<Wire> wires = new ArrayList<>();
    /** How often the handler of each exchange was called, in all memories. */
    final int[] calls;

    int epoch;
    /** The client's: which session it asked for, in which memory it is; 0: it has no welcome yet. */
    int asked;

    int memoryKnown;
    int allowed;
    /** The server's: in which memory it is, which session it holds, and its last connection. */
    int memory = 1;

    int held;
    int serverEpoch;

    @Nullable
    Wire clientWire;

    @Nullable
    Wire serverWire;

    int losses;
    int crashes;
    int cancels;
    boolean over;

    World(Scenario scenario) {
        this.scenario = scenario;
        calls = new int[scenario.requests.length + 1];
        client = new Session(scenario.config(true), World::refuse, () -> 0);
        for (int i = 0; i < scenario.requests.length; i++) {
            clients.add(new Program(this, scenario, true, i, scenario.requests[i]));
        }
    }

    /** A copy that goes its own way. */
    World(World from) {
        scenario = from.scenario;
        calls = from.calls.clone();
        client = new Session(scenario.config(true), World::refuse, () -> 0);
        StateCopier toClient = copier(client, from.clients, clients);
        toClient.copy(from.client);
        copyChannels(from.clients, clients, toClient);
        Session original = from.server;
        Session copied = newServer();
        StateCopier toServer = copier(copied, from.servers, servers);
        if (original != null) {
            toServer.copy(original);
            server = copied;
        }
        copyChannels(from.servers, servers, toServer);
        for (Wire wire : from.wires) {
            Wire copy = new Wire(wire);
            wires.add(copy);
            clientWire = wire == from.clientWire ? copy : clientWire;
            serverWire = wire == from.serverWire ? copy : serverWire;
        }
        epoch = from.epoch;
        asked = from.asked;
        memoryKnown = from.memoryKnown;
        allowed = from.allowed;
        memory = from.memory;
        held = from.held;
        serverEpoch = from.serverEpoch;
        losses = from.losses;
        crashes = from.crashes;
        cancels = from.cancels;
        over = from.over;
    }

    private StateCopier copier(Session target, List<Program> from, List<Program> to) {
        from.forEach(program -> to.add(new Program(program, this)));
        return new StateCopier(target, each -> each instanceof Program program ? to.get(from.indexOf(program)) : each);
    }

    private static void copyChannels(List<Program> from, List<Program> to, StateCopier copier) {
        for (int i = 0; i < from.size(); i++) {
            Channel channel = from.get(i).channel;
            to.get(i).channel = channel == null ? null : copier.copy(channel);
        }
    }

    private static Endpoint refuse(Channel channel, int deadlineMillis) {
        throw new Violation("the server opens an exchange");
    }

    Session newServer() {
        return new Session(scenario.config(false), this::opened, () -> 0);
    }

    private Endpoint opened(Channel channel, int deadlineMillis) {
        int number = (int) channel.number();
        Violation.unless(++calls[number] == 1, "the handler of exchange " + number + " is called twice");
        Program program = new Program(this, scenario, false, number, scenario.responses[number - 1]);
        program.channel = channel;
        servers.add(program);
        if (scenario.mutant == Mutant.PLACE_FREED_EARLY) {
            channel.handlerReturned();
        }
        return program;
    }

    Session server() {
        Session known = server;
        if (known == null) {
            throw new IllegalStateException("the server holds no session");
        }
        return known;
    }

    Session side(boolean ofClient) {
        return ofClient ? client : server();
    }

    /** The client's program of the exchange that a server's channel belongs to. */
    Program clientOf(Channel channel) {
        for (Program program : clients) {
            if (program.channel != null && program.channel.number == channel.number) {
                return program;
            }
        }
        throw new Violation("exchange " + channel.number + " is none of the client's");
    }

    /** The size of what the other side's program writes in all; -1 where it has not written all. */
    int peerTotal(Program program) {
        if (!program.client) {
            return clientOf(program.channel()).total();
        }
        for (Program peer : servers) {
            if (peer.index() == program.channel().number()) {
                return peer.total();
            }
        }
        return -1;
    }

    /** Lets go of the connections that neither side holds. */
    void tidy() {
        wires.removeIf(wire -> wire.isOver() && wire.toServer.isEmpty());
    }

    boolean isServerLive() {
        return server != null && server.liveCount() > 0;
    }

    boolean isWorkLeft() {
        boolean clientsLeft = clients.stream().anyMatch(program -> !program.isFinished());
        return clientsLeft || isServerLive() || client.liveCount() > 0;
    }

    /** What must hold in each state. */
    void check() {
        long running = servers.stream().filter(program -> program.running).count();
        Violation.unless(running <= scenario.places, running + " handlers run in " + scenario.places + " places");
        if (scenario.mutant != Mutant.NONE) {
            // a broken rule has to show between the two sides, not in how one of them counts
            return;
        }
        Invariants.check(client, scenario.config(true));
        if (server != null) {
            Invariants.check(server, scenario.config(false));
        }
    }

    /** What must hold where nothing more will happen by itself. */
    void checkEnd() {
        if (over) {
            return;
        }
        for (Program program : clients) {
            Violation.unless(program.isFinished(), "stuck: exchange " + program.index() + " of the client goes on");
            boolean isCorrupt = program.index() == 0 && (scenario.corruptRequest || scenario.corruptResponse);
            Violation.unless(
                    !isCorrupt || !program.outcome().equals("COMPLETED"), "a wrong CRC is taken for a whole message");
        }
        for (Program program : servers) {
            Violation.unless(!program.running, "stuck: the handler of exchange " + program.index() + " goes on");
        }
        Invariants.checkEmpty(client, scenario.config(true));
        if (server != null) {
            Invariants.checkEmpty(server, scenario.config(false));
        }
    }

    /** The client gives the session up: what it tells its programs must be true. */
    void sessionLost() {
        over = true;
        for (Program program : clients) {
            String outcome = program.outcome();
            boolean called = program.channel != null && calls[(int) program.channel.number] > 0;
            Violation.unless(
                    !called || !outcome.equals("NEVER_STARTED"), "never started is said of what has been called");
        }
    }

    /** The server's process ends, and another one begins. */
    void crash() {
        crashes++;
        memory++;
        server = null;
        held = 0;
        serverEpoch = 0;
        serverWire = null;
        servers.forEach(program -> program.running = false);
        for (Wire wire : wires) {
            wire.broken = true;
            wire.leftByServer();
        }
    }

    Digest digest() {
        Digest digest = new Digest();
        digest.add(epoch | asked << 4 | memoryKnown << 8 | memory << 12 | held << 16 | serverEpoch << 20);
        digest.add(losses | crashes << 4 | cancels << 8 | (over ? 1 : 0) << 12 | allowed << 16);
        digest(digest, client);
        digest.add(server != null);
        if (server != null) {
            digest(digest, server);
        }
        clients.forEach(program -> program.addTo(digest));
        digest.add(servers.size());
        servers.forEach(program -> program.addTo(digest));
        digest.add(wires.size());
        wires.forEach(wire -> wire.addTo(digest));
        digest.add(wires.indexOf(clientWire) * 16L + wires.indexOf(serverWire));
        return digest;
    }

    private static void digest(Digest digest, Session session) {
        StateCopier.digest(session, digest);
        // the numbers of a session's exchanges are few, and in their order
        for (long number = 1; number <= session.highest(); number++) {
            Channel channel = session.live(number);
            digest.add(channel != null);
            if (channel != null) {
                StateCopier.digest(channel, digest);
            }
        }
    }
}
