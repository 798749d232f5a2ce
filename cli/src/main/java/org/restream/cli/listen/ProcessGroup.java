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
 * A shell command and all processes that it starts. If the system has setsid(1), they have a session of their own, so
 * that one signal reaches all of them, and the terminal's Ctrl-C does not.
 */
final class ProcessGroup {
    private static final boolean HAS_SETSID = isOnPath("setsid");
    private static final int MOST_ROUNDS = 10;
    /** How long killed processes may take to end, and kill(1) to return. */
    private static final long END_MILLIS = 1_000;

    private static final long SIGNAL_MILLIS = 10_000;

    private final Process leader;

    ProcessGroup(Process leader) {
        this.leader = leader;
    }

    /** The command line that runs a shell command. */
    static List<String> command(String shellCommand) {
        List<String> command = new ArrayList<>(prefix());
        command.addAll(List.of("sh", "-c", shellCommand));
        return command;
    }

    /** The command-line prefix that gives a command a session of its own. */
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

    /** Whether one of the processes has that file open, as far as the system shows it. */
    boolean hasOpen(Object fileKey) {
        return ProcessTable.now().of(leader.pid()).stream().anyMatch(pid -> ProcessTable.hasOpen(pid, fileKey));
    }

    /**
     * Kills all processes. They are all stopped first, so that none of them sees another one end and mistakes that for
     * the end of its input. When this returns, none of them runs, except those of another user, and those that have
     * started a session of their own and lost their parent.
     */
    void kill() {
        // in another thread, because an interrupt of the caller must not stop this half-way
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

    /**
     * Whether the process id belongs to a new process. Ids are reused only when no process, group or session has them.
     */
    private boolean isNumberReused() {
        return !leader.isAlive() && ProcessHandle.of(leader.pid()).isPresent();
    }

    /** Stops all processes, and returns them as arguments for kill(1): process ids, then the group as a whole. */
    private List<String> stopped() throws InterruptedException {
        List<String> group = new ArrayList<>();
        if (leader.isAlive()) {
            // by its own id too, in case it does not have its session yet
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
            // stopped processes start no others, so repeat until no new ones appear
            if (!others.addAll(found)) {
                break;
            }
            signal("STOP", found.stream().map(String::valueOf).toList());
        }
        // the others first: when a parent ends, the system wakes its stopped children
        List<String> all = new ArrayList<>();
        others.forEach(pid -> all.add(Long.toString(pid)));
        all.addAll(group);
        return all;
    }

    /** Uses kill(1), because the JDK can't stop processes, and can't signal a group. */
    private void signal(String name, List<String> targets) throws InterruptedException {
        if (targets.isEmpty()) {
            return;
        }
        // in a session of its own too, so that another Ctrl-C does not end it first
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
            // no process can be started: signal them one after the other
            ProcessTable.now()
                    .of(leader.pid())
                    .forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
        }
    }
}
