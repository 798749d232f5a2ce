package org.restream.cli;

import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A process and its children, which a shell leaves behind when only the shell is ended. */
final class ProcessTree {
    private static final long GRACE_MILLIS = 1_000;

    private ProcessTree() {}

    /** Asks all that still run to end, then makes them. An interrupt shortens the wait between. */
    static void end(Process process) {
        if (process.isAlive()) {
            Set<ProcessHandle> all = tree(process);
            all.forEach(ProcessHandle::destroy);
            if (!ended(all)) {
                // a shell that lives on may have started more
                all.addAll(tree(process));
                all.forEach(ProcessHandle::destroyForcibly);
            }
        }
        closeStreams(process);
    }

    /** The process first: once it has ended it starts nothing more. */
    private static Set<ProcessHandle> tree(Process process) {
        Set<ProcessHandle> all = new LinkedHashSet<>();
        all.add(process.toHandle());
        process.descendants().forEach(all::add);
        return all;
    }

    private static boolean ended(Set<ProcessHandle> all) {
        CompletableFuture<?>[] exits = all.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(exits).get(GRACE_MILLIS, TimeUnit.MILLISECONDS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException | TimeoutException e) {
            return false;
        }
    }

    /** A pump that waits at one of them goes on. */
    private static void closeStreams(Process process) {
        try {
            process.getOutputStream().close();
            process.getInputStream().close();
        } catch (IOException e) {
            // closed already
        }
    }
}
