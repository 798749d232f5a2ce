package org.restream.internal.session;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.restream.internal.session.wire.ProtocolException;

/**
 * Many exchanges between two sessions, over lines that break, stall, and deliver in pieces, all by one seed: first with faults,
 * then without, when all has to end soon.
 */
final class Simulation {
    private static final long STEP_NANOS = 50_000;

    private final Random random;
    private final int window;
    private final int places;
    private final SessionConfig clientConfig;
    private final SessionConfig serverConfig;
    private final SimulatedSide client;
    private final SimulatedSide server;
    private final List<SimulatedProgram> clients = new ArrayList<>();
    private final List<SimulatedProgram> servers = new ArrayList<>();
    private final Map<Long, Integer> calls = new HashMap<>();
    private final int[] responses;
    private int started;
    private @Nullable SimulatedLine line;
    /** One that the client has left, and the server has not. */
    private @Nullable SimulatedLine old;

    private int epoch;
    private boolean welcomed;
    private long nanos;
    private int losses;
    private int complete;

    Simulation(long seed) {
        random = new Random(seed);
        window = 1024 << random.nextInt(6);
        places = 1 + random.nextInt(64);
        int quantum = 1024 << random.nextInt(5);
        int maxFrame = Math.max(quantum, 1024 << random.nextInt(7));
        int maxWindow = window << random.nextInt(4);
        long growth = (long) window * random.nextInt(places + 1);
        clientConfig = new SessionConfig(true, window, maxWindow, growth, places, quantum, maxFrame);
        serverConfig = new SessionConfig(false, window, maxWindow, growth, places, quantum, maxFrame);
        client = new SimulatedSide(new Session(clientConfig, Simulation::refuse, () -> nanos), maxFrame);
        server = new SimulatedSide(new Session(serverConfig, this::opened, () -> nanos), maxFrame);
        int exchanges = 20 + random.nextInt(181);
        responses = new int[exchanges];
        for (int i = 0; i < exchanges; i++) {
            int request = size();
            responses[i] = size();
            clients.add(new SimulatedProgram(true, i, request, responses[i], random));
        }
    }

    /** Most are small, some are large, few are very large. */
    private int size() {
        int kind = random.nextInt(100);
        int most = kind < 10 ? 1 : kind < 60 ? 500 : kind < 97 ? 20_000 : 1 << 20;
        return random.nextInt(most);
    }

    private static Endpoint refuse(Channel channel, int deadlineMillis) {
        throw new Violation("the server opens an exchange");
    }

    private Endpoint opened(Channel channel, int deadlineMillis) {
        int called = calls.merge(channel.number(), 1, Integer::sum);
        Violation.unless(called == 1, "the handler of exchange " + channel.number() + " is called twice");
        for (int i = 0; i < clients.size(); i++) {
            SimulatedProgram peer = clients.get(i);
            if (peer.isStarted() && peer.channel().number() == channel.number()) {
                SimulatedProgram program = new SimulatedProgram(false, i, responses[i], peer.size, random);
                program.attach(channel);
                servers.add(program);
                return program;
            }
        }
        throw new Violation("exchange " + channel.number() + " is none of the client's");
    }

    String run(int steps) throws ProtocolException {
        for (int step = 0; step < steps; step++) {
            step();
            if (step % 64 == 0) {
                check();
            }
        }
        long bytes = 0;
        for (SimulatedProgram program : clients) {
            bytes += program.size + (long) responses[clients.indexOf(program)];
        }
        // each round moves a quarter of a window of at least one exchange, and opens as many as there are places
        long most = 1000 + 8 * bytes / window + 20L * clients.size() / places;
        long rounds = 0;
        while (!isOver()) {
            Violation.unless(rounds++ < most, "not over after " + most + " rounds: " + left());
            round();
            check();
        }
        Invariants.checkEmpty(client.session(), clientConfig);
        Invariants.checkEmpty(server.session(), serverConfig);
        for (SimulatedProgram program : clients) {
            complete += program.isComplete() ? 1 : 0;
        }
        return clients.size() + " exchanges, " + complete + " complete, " + bytes + " bytes, " + losses + " losses, "
                + (client.frames + server.frames) + " frames, " + rounds + " rounds to heal";
    }

    int complete() {
        return complete;
    }

    private boolean isOver() {
        return started == clients.size()
                && clients.stream().allMatch(SimulatedProgram::isOver)
                && servers.stream().allMatch(SimulatedProgram::isOver)
                && client.session().liveCount() == 0
                && server.session().liveCount() == 0
                && !client.session().output().isDue()
                && !server.session().output().isDue();
    }

    private String left() {
        List<SimulatedProgram> all = new ArrayList<>(clients);
        all.addAll(servers);
        all.removeIf(program -> !program.isStarted() || program.isOver());
        return all.toString();
    }

    private void check() {
        Invariants.check(client.session(), clientConfig);
        Invariants.check(server.session(), serverConfig);
        long running = servers.stream().filter(program -> !program.returned).count();
        Violation.unless(running <= places, running + " handlers run in " + places + " places");
    }

    private void step() throws ProtocolException {
        nanos += STEP_NANOS;
        switch (random.nextInt(12)) {
            case 0 -> start();
            case 1, 2 -> actOne(clients.subList(0, started));
            case 3, 4 -> actOne(servers);
            case 5 -> writeClient();
            case 6 -> writeServer();
            case 7, 8 -> deliverToServer(1 + random.nextInt(1 << random.nextInt(16)));
            case 9, 10 -> deliverToClient(1 + random.nextInt(1 << random.nextInt(16)));
            default -> rare();
        }
    }

    private void rare() throws ProtocolException {
        int what = random.nextInt(64);
        SimulatedLine now = line;
        if (now == null) {
            dial();
        } else if (what == 0) {
            lose(now);
        } else if (what < 4) {
            now.stalledToServer = !now.stalledToServer;
        } else if (what < 8) {
            now.stalledToClient = !now.stalledToClient;
        } else if (what < 16) {
            client.session().output().releaseDelayed();
            server.session().output().releaseDelayed();
        }
        serverNotices();
    }

    /** All that can go on goes on, once each. */
    private void round() throws ProtocolException {
        nanos += 1000 * STEP_NANOS;
        SimulatedLine now = line;
        if (now == null) {
            dial();
        } else {
            now.stalledToServer = false;
            now.stalledToClient = false;
        }
        serverNotices();
        while (started < clients.size()) {
            start();
        }
        new ArrayList<>(clients).forEach(program -> program.act(random, true));
        new ArrayList<>(servers).forEach(program -> program.act(random, true));
        client.session().output().releaseDelayed();
        server.session().output().releaseDelayed();
        writeClient();
        writeServer();
        deliverToServer(Integer.MAX_VALUE);
        deliverToClient(Integer.MAX_VALUE);
    }

    private void start() {
        if (started < clients.size()) {
            SimulatedProgram program = clients.get(started++);
            Channel channel = client.session().open(program);
            program.attach(channel);
            channel.open();
        }
    }

    private void actOne(List<SimulatedProgram> programs) {
        if (!programs.isEmpty()) {
            SimulatedProgram program = programs.get(random.nextInt(programs.size()));
            if (!program.isOver()) {
                program.act(random, false);
            }
        }
    }

    private void dial() {
        line = new SimulatedLine(++epoch, welcomed, 1024 << random.nextInt(8));
    }

    /** The client loses its line, or gives it up; what was under way may still come to the server in part. */
    private void lose(SimulatedLine lost) {
        losses++;
        lost.clientLeft = true;
        lost.toServer.truncate(random.nextInt(lost.toServer.size() + 1));
        client.detach();
        line = null;
        if (old == null || lost.helloRead) {
            old = lost.helloRead ? lost : old;
        }
    }

    private void serverNotices() {
        SimulatedLine left = old;
        if (left != null && random.nextInt(4) == 0) {
            if (server.line == left) {
                server.detach();
            }
            old = null;
        }
    }

    private void writeClient() {
        SimulatedLine now = client.line;
        if (now != null) {
            client.write(now.toServer);
        }
    }

    private void writeServer() {
        SimulatedLine now = server.line;
        if (now != null) {
            server.write(now.toClient);
        }
    }

    private void deliverToServer(int most) throws ProtocolException {
        SimulatedLine before = old;
        if (before != null && server.line == before) {
            server.read(before.toServer.give(most));
        }
        SimulatedLine now = line;
        if (now == null || now.stalledToServer) {
            return;
        }
        if (!now.helloRead) {
            now.helloRead = true;
            server.detach();
            server.attach(now, now.resumes, window, 0);
            now.allowed = server.session().allowed();
            old = null;
        } else if (server.line == now) {
            server.read(now.toServer.give(most));
        }
    }

    private void deliverToClient(int most) throws ProtocolException {
        SimulatedLine now = line;
        if (now == null || now.stalledToClient || !now.helloRead) {
            return;
        }
        if (!now.welcomeRead) {
            now.welcomeRead = true;
            client.attach(now, now.resumes, window, now.allowed);
            welcomed = true;
        } else {
            client.read(now.toClient.give(most));
        }
    }
}
