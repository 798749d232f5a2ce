package org.restream.internal.session;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.restream.internal.session.wire.ProtocolException;

/**
 * Goes through all states that a scenario can get into, the nearest first.
 *
 * <p>Safety is checked in each state. Liveness needs no path back from each state: where nothing more will happen by itself, all
 * must be over, and no state may follow from itself without a fault. Then whatever happens, and in whichever order, ends well.
 */
final class Search {
    /**
     * What was found.
     *
     * @param problem what must not be; null: nothing
     * @param path what led to it
     */
    record Result(
            int states,
            long transitions,
            int ends,
            @Nullable String problem,
            List<String> path) {
        @Override
        public String toString() {
            String size = states + " states, " + transitions + " transitions, " + ends + " ends";
            return problem == null ? size : problem + " (" + size + ")\n  " + String.join("\n  ", path);
        }
    }

    private record Waiting(int state, World world) {}

    private final Scenario scenario;
    private final int most;
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
    private long[] keys = new long[1 << 16];
    private int[] places = new int[1 << 15];
    private int states;
    private long transitions;
    private int ends;
    private final IntList parents = new IntList();
    private final List<Action> actions = new ArrayList<>();
    /** Pairs of states, of which the second follows from the first without a fault. */
    private final IntList edges = new IntList();

    /** @param most how many states it looks at: more are a failure */
    Search(Scenario scenario, int most) {
        this.scenario = scenario;
        this.most = most;
    }

    Result run() {
        World start = new World(scenario);
        add(start, -1, new Action(Action.Kind.START, -1));
        while (true) {
            Waiting next = waiting.poll();
            if (next == null) {
                return isCyclic() ? result("something goes on for ever", -1, null) : result(null, -1, null);
            }
            if (states > most) {
                return result("more states than " + most, -1, null);
            }
            Result found = expand(next.state, next.world);
            if (found != null) {
                return found;
            }
        }
    }

    private @Nullable Result expand(int state, World world) {
        @Nullable Action last = null;
        try {
            List<Action> possible = Moves.of(world);
            if (isQuiet(possible)) {
                ends++;
                world.checkEnd();
            }
            for (int i = 0; i < possible.size(); i++) {
                Action action = possible.get(i);
                last = action;
                transitions++;
                World after = i == possible.size() - 1 ? world : new World(world);
                Moves.apply(after, action);
                int to = add(after, state, action);
                if (!action.kind().isFault()) {
                    edges.add(state);
                    edges.add(to);
                }
            }
            return null;
        } catch (Violation | ProtocolException | IllegalStateException e) {
            return result(e.toString(), state, last);
        }
    }

    private static boolean isQuiet(List<Action> possible) {
        for (Action action : possible) {
            if (!action.kind().isFault()) {
                return false;
            }
        }
        return true;
    }

    private int add(World world, int parent, Action action) {
        Digest digest = world.digest();
        long high = digest.high();
        long low = digest.low();
        int slot = slot(keys, high, low);
        if (keys[2 * slot] != 0 || keys[2 * slot + 1] != 0) {
            return places[slot];
        }
        world.check();
        keys[2 * slot] = high;
        keys[2 * slot + 1] = low;
        places[slot] = states;
        parents.add(parent);
        actions.add(action);
        waiting.add(new Waiting(states, world));
        states++;
        if (states > places.length / 2) {
            grow();
        }
        return states - 1;
    }

    private static int slot(long[] in, long high, long low) {
        int mask = in.length / 2 - 1;
        int slot = (int) low & mask;
        while ((in[2 * slot] != high || in[2 * slot + 1] != low) && (in[2 * slot] != 0 || in[2 * slot + 1] != 0)) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void grow() {
        long[] biggerKeys = new long[keys.length * 2];
        int[] biggerPlaces = new int[places.length * 2];
        for (int i = 0; i < places.length; i++) {
            if (keys[2 * i] != 0 || keys[2 * i + 1] != 0) {
                int slot = slot(biggerKeys, keys[2 * i], keys[2 * i + 1]);
                biggerKeys[2 * slot] = keys[2 * i];
                biggerKeys[2 * slot + 1] = keys[2 * i + 1];
                biggerPlaces[slot] = places[i];
            }
        }
        keys = biggerKeys;
        places = biggerPlaces;
    }

    /** Whether a state follows from itself without a fault: takes away what nothing leads to, again and again. */
    private boolean isCyclic() {
        int[] incoming = new int[states + 1];
        int[] first = new int[states + 2];
        for (int i = 0; i < edges.size; i += 2) {
            incoming[edges.values[i + 1]]++;
            first[edges.values[i] + 1]++;
        }
        for (int i = 0; i < states; i++) {
            first[i + 1] += first[i];
        }
        int[] targets = new int[edges.size / 2];
        int[] filled = first.clone();
        for (int i = 0; i < edges.size; i += 2) {
            targets[filled[edges.values[i]]++] = edges.values[i + 1];
        }
        IntList free = new IntList();
        for (int i = 0; i < states; i++) {
            if (incoming[i] == 0) {
                free.add(i);
            }
        }
        for (int i = 0; i < free.size; i++) {
            int state = free.values[i];
            for (int j = first[state]; j < first[state + 1]; j++) {
                if (--incoming[targets[j]] == 0) {
                    free.add(targets[j]);
                }
            }
        }
        return free.size < states;
    }

    private Result result(@Nullable String problem, int state, @Nullable Action last) {
        List<Action> path = new ArrayList<>();
        if (last != null) {
            path.add(last);
        }
        for (int at = state; at > 0; at = parents.values[at]) {
            path.add(actions.get(at));
        }
        Collections.reverse(path);
        return new Result(states, transitions, ends, problem, tell(path));
    }

    /** The path in words, with what each step puts on the wires. */
    private List<String> tell(List<Action> path) {
        List<String> lines = new ArrayList<>();
        World world = new World(scenario);
        for (Action action : path) {
            StringBuilder line = new StringBuilder(action.toString());
            try {
                Moves.apply(world, action);
            } catch (Violation | ProtocolException | IllegalStateException e) {
                line.append(": ").append(e.getMessage());
            }
            for (Wire wire : world.wires) {
                line.append(" | ")
                        .append(wire.epoch)
                        .append(" > ")
                        .append(wire.toServer)
                        .append(" < ")
                        .append(wire.toClient);
            }
            lines.add(line.toString());
        }
        return lines;
    }

    /** Numbers, many of them. */
    private static final class IntList {
        private int[] values = new int[1024];
        private int size;

        void add(int value) {
            if (size == values.length) {
                values = Arrays.copyOf(values, size * 2);
            }
            values[size++] = value;
        }
    }
}
