package org.restream.cli.listen;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.restream.RestreamServer;
import org.restream.cli.command.ExitStatus;
import org.restream.cli.console.ServiceManager;
import org.restream.cli.console.Signals;

/** Runs a server from its start to its end: by a signal, by {@code --once}, or because nobody reads stdout any more. */
final class ListenRun {
    /** How long aborted exchanges may take to clean up. */
    private static final Duration CLEAR_UP = Duration.ofSeconds(2);

    /**
     * Why it ends.
     *
     * @param signal the signal that ends the process; null if it ends by itself, with the status
     */
    private record End(int status, @Nullable String signal, Duration grace) {}

    private final CompletableFuture<End> end = new CompletableFuture<>();
    private final CompletableFuture<Void> closed = new CompletableFuture<>();
    private final CompletableFuture<Void> hurried = new CompletableFuture<>();
    private final AtomicInteger signals = new AtomicInteger();

    /** Ends the server; running exchanges may go on for the grace. The first call decides. */
    void end(int status, Duration grace) {
        end.complete(new End(status, null, grace));
    }

    /** Handles a signal: the first ends the server within the grace, the second at once. */
    void interrupt(String signal, boolean wellEnded, Duration grace) {
        end.complete(wellEnded ? new End(ExitStatus.DONE, null, grace) : new End(0, signal, grace));
        if (signals.incrementAndGet() > 1) {
            hurried.complete(null);
        }
    }

    /** Has something done when the end begins. */
    void onEnd(Runnable begun) {
        CompletableFuture<Void> unused = end.thenRun(begun);
    }

    /**
     * Listens until the end.
     *
     * @param warning gets what is no reason to end
     */
    void run(RestreamServer server, Consumer<String> warning) throws IOException, InterruptedException {
        server.listen();
        ServiceManager.ready(warning);
        try {
            close(server, end.get().grace());
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns the exit status. Does not return if the process has to die by a signal. */
    int finish() {
        End how = end.join();
        if (how.signal() != null) {
            Signals.dieBy(how.signal());
        }
        return how.status();
    }

    /** Waits for a limited time, because a write to a stdout that nobody reads can't be interrupted. */
    private void close(RestreamServer server, Duration grace) throws InterruptedException {
        closing(server, grace);
        CompletableFuture<Object> graceEnded = CompletableFuture.anyOf(closed, hurried);
        if (!done(graceEnded, grace) || !closed.isDone()) {
            closing(server, Duration.ZERO);
            done(closed, CLEAR_UP);
        }
    }

    private void closing(RestreamServer server, Duration grace) {
        Thread thread = new Thread(
                () -> {
                    try {
                        server.close(grace);
                    } finally {
                        closed.complete(null);
                    }
                },
                "restream-close");
        thread.setDaemon(true);
        thread.start();
    }

    private static boolean done(CompletableFuture<?> future, Duration most) throws InterruptedException {
        try {
            future.get(most.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
