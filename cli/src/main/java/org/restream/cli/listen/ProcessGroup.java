package org.restream.cli.listen;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * A shell command and all that it starts. It has a session of its own, where the system has setsid(1): so one signal reaches
 * all of it, and the terminal's Ctrl-C does not.
 */
final class ProcessGroup {
    private static final boolean HAS_SETSID = isOnPath("setsid");
    private static final int MOST_ROUNDS = 10;
    /** What the system may take to end what was killed, and kill(1) to say so. */
    private static final long END_MILLIS = 1_000;

    private static final long SIGNAL_MILLIS = 10_000;

    private final Process leader;

    ProcessGroup(Process leader) {
        this.leader = leader;
    }

    /** What to start for a shell command. */
    static List<String> command(String shellCommand) {
        List<String> command = new ArrayList<>(prefix());
        command.addAll(List.of("sh", "-c", shellCommand));
        return command;
    }

    /** What gives a command a session of its own. */
    static List<String> prefix() {
        return HAS_SETSID ? List.of("setsid") : List.of();
    }

    private static boolean isOnPath(String program) {
        String path = System.getenv("PATH");
        for (String folder : path == null ? new String[0] : path.split(File.pathSeparator)) {
            if (!folder.isEmpty() && Files.isExecutable(Path.of(folder, program))) {
                return true;
            }
        }
        return false;
    }

    Process leader() {
        return leader;
    }

    /** Whether any of it has that file open, as far as that can be seen. */
    boolean hasOpen(Object fileKey) {
        return ProcessTable.now().of(leader.pid()).stream().anyMatch(pid -> ProcessTable.hasOpen(pid, fileKey));
    }

    /**
     * Ends all of it. First all are stopped where they stand, then they are killed: so none of them sees another one's end, and
     * takes it for the end of what that one had to say. Nothing of it runs after this returns, but for what made a session of
     * its own and has lost its parent, and for what is another user's.
     */
    void kill() {
        // the caller may be interrupted, by what ends the exchange, which must not keep us from this half-way
        Thread killer = new Thread(this::killAll, "restream-kill");
        killer.start();
        boolean interrupted = false;
        while (killer.isAlive()) {
            try {
                killer.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void killAll() {
        try {
            if (!isNumberReused()) {
                signal("KILL", stopped());
            }
            boolean unused = leader.waitFor(END_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts this thread", e);
        }
    }

    /** A number is free again when neither process nor group nor session has it: then there is nobody left to end. */
    private boolean isNumberReused() {
        return !leader.isAlive() && ProcessHandle.of(leader.pid()).isPresent();
    }

    /** Stops all, and says whom: processes by their numbers, then the group as a whole, as kill(1) wants it. */
    private List<String> stopped() throws InterruptedException {
        List<String> group = new ArrayList<>();
        if (leader.isAlive()) {
            // also for the moment before it has its session
            group.add(Long.toString(leader.pid()));
        }
        if (HAS_SETSID) {
            group.add("-" + leader.pid());
        }
        signal("STOP", group);
        Set<Long> others = new LinkedHashSet<>();
        for (int round = 0; round < MOST_ROUNDS; round++) {
            ProcessTable now = ProcessTable.now();
            Set<Long> found = now.of(leader.pid());
            found.removeAll(now.group(leader.pid()));
            found.remove(leader.pid());
            // what is stopped starts nothing more
            if (!others.addAll(found)) {
                break;
            }
            signal("STOP", found.stream().map(String::valueOf).toList());
        }
        // the others first: where their parent ends, the system wakes those that are stopped
        List<String> all = new ArrayList<>();
        others.forEach(pid -> all.add(Long.toString(pid)));
        all.addAll(group);
        return all;
    }

    /** The JDK can signal single processes only, and can't stop them. */
    private void signal(String name, List<String> targets) throws InterruptedException {
        if (targets.isEmpty()) {
            return;
        }
        // in a session of its own too, so that one more Ctrl-C does not end it first
        List<String> command = command("kill -s \"$0\" -- \"$@\"");
        command.add(name);
        command.addAll(targets);
        try {
            boolean unused = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor(SIGNAL_MILLIS, TimeUnit.MILLISECONDS);
        } catch (IOException e) {
            // no process can be made: then one after the other
            ProcessTable.now()
                    .of(leader.pid())
                    .forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
        }
    }
}
