package org.restream.internal.session;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.restream.internal.session.Action.Kind;
import org.restream.internal.session.wire.ProtocolException;

/** What may happen in a world, and what it does: the programs' steps, the writers' turns, the lines' deliveries, and the faults. */
final class Moves {
    private static final char[] CANCELS = {'A', 'S', 'C'};
    private static final Kind[] CANCEL_KINDS = {Kind.ABORT, Kind.STOP, Kind.CUT};

    private Moves() {}

    static List<Action> of(World world) {
        List<Action> actions = new ArrayList<>();
        if (world.over) {
            return actions;
        }
        for (int i = 0; i < world.clients.size(); i++) {
            Program program = world.clients.get(i);
            if (program.channel == null) {
                if (i == 0 || world.clients.get(i - 1).channel != null) {
                    actions.add(new Action(Kind.START, i));
                }
            } else {
                program(world, program, i, actions);
            }
        }
        for (int i = 0; i < world.servers.size(); i++) {
            program(world, world.servers.get(i), 100 + i, actions);
        }
        side(world.clientWire, world.client, 0, actions);
        side(world.serverWire, world.server, 1, actions);
        lines(world, actions);
        if (world.clientWire == null && world.isWorkLeft() && !world.clients.isEmpty()) {
            actions.add(new Action(Kind.DIAL, 0));
        }
        if (actions.isEmpty()) {
            sleepers(world, actions);
        }
        faults(world, actions);
        return actions;
    }

    private static void program(World world, Program program, int who, List<Action> actions) {
        if (program.mayWrite()) {
            actions.add(new Action(Kind.WRITE, who));
        }
        if (program.mayRead() && !sleeps(world, program)) {
            actions.add(new Action(Kind.READ, who));
        }
        if (program.mayReturn()) {
            actions.add(new Action(Kind.RETURN, who));
        }
        if (world.cancels < world.scenario.cancels) {
            for (int i = 0; i < CANCELS.length; i++) {
                if (program.mayCancel(CANCELS[i])) {
                    actions.add(new Action(CANCEL_KINDS[i], who));
                }
            }
        }
    }

    private static boolean sleeps(World world, Program program) {
        int exchange = program.client ? program.index() : program.index() - 1;
        return exchange == world.scenario.sleeper;
    }

    /** Nothing goes on but what waits for those that sleep: all others must be done. */
    private static void sleepers(World world, List<Action> actions) {
        List<Program> all = new ArrayList<>(world.clients);
        all.addAll(world.servers);
        for (Program program : all) {
            if (sleeps(world, program) && program.channel != null && program.mayRead()) {
                int who = program.client ? program.index() : 100 + world.servers.indexOf(program);
                actions.add(new Action(Kind.READ, who));
            }
        }
        for (Program program : world.clients) {
            Violation.unless(
                    actions.isEmpty() || sleeps(world, program) || program.isFinished(),
                    "exchange " + program.index() + " waits for one that is not read");
        }
    }

    private static void side(@Nullable Wire wire, @Nullable Session session, int who, List<Action> actions) {
        if (wire != null && session != null) {
            if (session.output().isDue()) {
                actions.add(new Action(Kind.SEND, who));
            } else if (session.output().isDelayed()) {
                actions.add(new Action(Kind.TIMER, who));
            }
        }
    }

    private static void lines(World world, List<Action> actions) {
        for (int i = 0; i < world.wires.size(); i++) {
            Wire wire = world.wires.get(i);
            delivery(world, wire.toServer, Kind.TO_SERVER, i, actions);
            delivery(world, wire.toClient, Kind.TO_CLIENT, i, actions);
            if (wire == world.clientWire && (wire.broken || (!wire.serverHolds && wire.toClient.isEmpty()))) {
                actions.add(new Action(Kind.CLIENT_NOTICES, i));
            }
            boolean isEnding = wire.broken || !wire.clientHolds;
            if (wire == world.serverWire && isEnding) {
                actions.add(new Action(Kind.SERVER_NOTICES, i));
            } else if (wire != world.serverWire && wire.serverHolds && isEnding) {
                actions.add(new Action(Kind.LOSE_HELLO, i));
            }
        }
    }

    private static void delivery(World world, List<Frame> queue, Kind kind, int wire, List<Action> actions) {
        if (!queue.isEmpty()) {
            actions.add(new Action(kind, wire));
            Frame first = queue.get(0);
            if (world.scenario.parts && first.type() == 'D' && first.bytes().length > 0) {
                Kind part = kind == Kind.TO_SERVER ? Kind.PART_TO_SERVER : Kind.PART_TO_CLIENT;
                actions.add(new Action(part, wire));
            }
        }
    }

    private static void faults(World world, List<Action> actions) {
        if (world.losses < world.scenario.losses) {
            for (int i = 0; i < world.wires.size(); i++) {
                Wire wire = world.wires.get(i);
                if (!wire.broken && (wire == world.clientWire || wire == world.serverWire)) {
                    actions.add(new Action(Kind.BREAK, i));
                    if (wire == world.clientWire) {
                        actions.add(new Action(Kind.GIVE_UP, i));
                    }
                }
            }
        }
        if (world.crashes < world.scenario.crashes) {
            actions.add(new Action(Kind.CRASH, 0));
        }
    }

    static void apply(World world, Action action) throws ProtocolException {
        Program program = program(world, action);
        Carriers carriers = new Carriers(world);
        switch (action.kind()) {
            case START -> start(world, program);
            case WRITE -> program.write();
            case READ -> program.read();
            case RETURN -> program.handlerReturns();
            case ABORT -> cancel(world, program, 'A');
            case STOP -> cancel(world, program, 'S');
            case CUT -> cancel(world, program, 'C');
            case SEND -> carriers.send(action.who() == 0);
            case TIMER -> {
                world.side(action.who() == 0).output().releaseDelayed();
                carriers.send(action.who() == 0);
            }
            case TO_SERVER ->
                carriers.toServer(
                        wire(world, action), wire(world, action).toServer.remove(0));
            case TO_CLIENT ->
                carriers.toClient(
                        wire(world, action), wire(world, action).toClient.remove(0));
            case PART_TO_SERVER -> carriers.toServer(wire(world, action), split(wire(world, action).toServer));
            case PART_TO_CLIENT -> carriers.toClient(wire(world, action), split(wire(world, action).toClient));
            case CLIENT_NOTICES -> carriers.clientLeaves();
            case SERVER_NOTICES -> carriers.serverLeaves();
            case LOSE_HELLO -> wire(world, action).leftByServer();
            case DIAL -> carriers.dial();
            case BREAK -> {
                world.losses++;
                wire(world, action).broken = true;
            }
            case GIVE_UP -> {
                world.losses++;
                carriers.clientLeaves();
            }
            case CRASH -> world.crash();
        }
        world.scenario.mutant.afterStep(world);
        world.tidy();
    }

    private static Program program(World world, Action action) {
        int who = action.who();
        return who >= 100 ? world.servers.get(who - 100) : world.clients.get(Math.min(who, world.clients.size() - 1));
    }

    private static Wire wire(World world, Action action) {
        return world.wires.get(action.who());
    }

    private static void start(World world, Program program) {
        Channel channel = world.client.open(program);
        program.channel = channel;
        channel.open();
    }

    private static void cancel(World world, Program program, char kind) {
        world.cancels++;
        program.cancel(kind);
    }

    private static Frame split(List<Frame> queue) {
        Frame whole = queue.get(0);
        queue.set(0, whole.tail());
        return whole.head();
    }
}
