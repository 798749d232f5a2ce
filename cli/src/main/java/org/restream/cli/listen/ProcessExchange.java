package org.restream.cli.listen;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.restream.Refusal;
import org.restream.cli.command.LinePump;

/**
 * Runs a command whose stdout is the answer's body, at once or later, and whose stdin is the request's body or a file with it. Each
 * direction has a thread of its own, so neither waits for the other. If the exchange fails, all processes of the
 * command are killed before its stdin is closed, so that none of them mistakes a cut body for a whole one.
 */
final class ProcessExchange implements Closeable {
    private static final String STDOUT = "stdout";
    private static final String STDERR = "stderr";
    /** How long to read the stderr of a command that has ended: background processes may keep it open for ever. */
    private static final long LAST_LINES_MILLIS = 1_000;

    private static final int PIECE = 64 * 1024;

    private final ProcessPipes pipes;
    private final FileChannel stdout;
    private final @Nullable FileChannel stderr;
    private final @Nullable ProcessFeed feed;
    private final ProcessGroup group;

    /** Completed when the request has been passed on, or when nobody reads the rest. */
    private final CompletableFuture<Void> fed = new CompletableFuture<>();

    private final CompletableFuture<Void> answered = new CompletableFuture<>();
    private final CompletableFuture<Void> said = new CompletableFuture<>();
    /** The first failure of either direction or of the command; never completed normally. */
    private final CompletableFuture<Void> trouble = new CompletableFuture<>();

    private boolean done;

    private ProcessExchange(ProcessBuilder builder, boolean fed, ProcessPipes pipes) throws IOException {
        this.pipes = pipes;
        stdout = pipes.readEnd(STDOUT);
        builder.redirectOutput(pipes.path(STDOUT).toFile());
        stderr = pipes.has(STDERR) ? pipes.readEnd(STDERR) : null;
        if (stderr != null) {
            builder.redirectError(pipes.path(STDERR).toFile());
        }
        if (fed) {
            ProcessFeed.Fed started = ProcessFeed.start(builder);
            feed = started.feed();
            group = new ProcessGroup(started.command());
        } else {
            feed = null;
            group = new ProcessGroup(builder.start());
        }
    }

    /**
     * Starts a command.
     *
     * @param fed whether {@link #run} writes the request's body to its stdin; if not, the builder sets its stdin
     * @param heard whether {@link #run} reads its stderr; if not, the builder sets its stderr
     */
    static ProcessExchange start(ProcessBuilder builder, boolean fed, boolean heard)
            throws IOException, InterruptedException {
        ProcessPipes pipes = ProcessPipes.make(heard ? List.of(STDOUT, STDERR) : List.of(STDOUT));
        ProcessExchange started;
        try {
            started = new ProcessExchange(builder, fed, pipes);
        } catch (IOException | RuntimeException e) {
            pipes.close();
            throw e;
        }
        try {
            pipes.unname();
            return started;
        } catch (IOException e) {
            started.close();
            throw e;
        }
    }

    /**
     * Returns when the command has ended with status 0 and its answer is complete. Throws otherwise, which aborts the
     * exchange.
     *
     * @param body is written to its stdin; null if the command was not started as {@code fed}
     * @param answer gets its stdout
     * @param lines gets each line of its stderr, if it was started as {@code heard}
     */
    void run(@Nullable RequestBody body, Answer answer, Consumer<String> lines)
            throws IOException, InterruptedException {
        if (body == null || feed == null) {
            fed.complete(null);
        } else {
            ProcessFeed to = feed;
            start("restream-stdin", () -> pumpRequest(body, to));
        }
        start("restream-stdout", () -> pumpAnswer(answer));
        hear(lines);
        await(CompletableFuture.allOf(answered, group.leader().onExit().thenAccept(this::check)));
        if (feed != null) {
            if (!fed.isDone() && feed.isReadBy(group)) {
                // the shell has ended, but processes that it has started may still run
                await(fed);
            }
            feed.check();
        }
        done = true;
        if (!said.isDone()) {
            said.completeOnTimeout(null, LAST_LINES_MILLIS, TimeUnit.MILLISECONDS)
                    .join();
        }
    }

    /** Gets what the command writes to its stdout, on a thread of its own. */
    interface Answer {
        void add(ByteBuffer piece) throws IOException;
    }

    private void hear(Consumer<String> lines) {
        if (stderr == null) {
            said.complete(null);
            return;
        }
        LinePump pump = new LinePump(stderr, lines);
        start("restream-stderr", () -> {
            pump.run();
            said.complete(null);
        });
    }

    private void check(Process ended) {
        if (ended.exitValue() != 0) {
            trouble.completeExceptionally(new Refusal("the command ended with status " + ended.exitValue()));
        }
    }

    private void await(CompletableFuture<?> wanted) throws IOException, InterruptedException {
        try {
            CompletableFuture.anyOf(trouble, wanted).get();
            if (trouble.isCompletedExceptionally()) {
                trouble.get();
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException known ? known : new IOException(e.getCause());
        }
    }

    private interface Pump {
        void run() throws IOException;
    }

    private void start(String name, Pump pump) {
        Thread thread = new Thread(
                () -> {
                    try {
                        pump.run();
                    } catch (Throwable e) {
                        trouble.completeExceptionally(e);
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
    }

    private void pumpRequest(RequestBody body, ProcessFeed to) throws IOException {
        for (int count = body.read(); count >= 0; count = body.read()) {
            if (!to.write(body.piece(), count)) {
                fed.complete(null);
                return;
            }
        }
        to.end();
        fed.complete(null);
    }

    private void pumpAnswer(Answer answer) throws IOException {
        ByteBuffer piece = ByteBuffer.allocate(PIECE);
        while (stdout.read(piece) >= 0) {
            answer.add(piece.flip());
            piece.clear();
        }
        answered.complete(null);
    }

    /** Kills the command and everything that it has started, before anything that they read or write is closed. */
    void kill() {
        group.kill();
    }

    /** Kills the command unless it has ended normally. */
    @Override
    public void close() throws IOException {
        if (!done) {
            group.kill();
        }
        // a body that was passed on completely may still be in the pipe, for a process that reads it later
        if (feed != null && !(done && fed.isDone())) {
            feed.kill();
        }
        pipes.close();
    }
}
