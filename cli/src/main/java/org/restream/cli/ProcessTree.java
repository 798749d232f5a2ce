package org.restream.cli;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** A process and its children, which a shell leaves behind when only the shell is ended. */
final class ProcessTree {
    private static final long GRACE_MILLIS = 1_000;

    private ProcessTree() {}

    /** Asks all that still run to end, then makes them. An interrupt shortens the wait between. */
    static void end(Process process) {
        if (process.isAlive()) {
            List<ProcessHandle> all = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                    .toList();
            all.forEach(ProcessHandle::destroy);
            if (!ended(all)) {
                all.forEach(ProcessHandle::destroyForcibly);
            }
        }
        closeStreams(process);
    }

    private static boolean ended(List<ProcessHandle> all) {
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
