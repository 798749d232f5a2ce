package org.restream.cli;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.restream.Outgoing;
import org.restream.Refusal;

/**
 * A command whose stdout is the answer's body, and that has the request's on its stdin or in a file. Each way is pumped by a
 * thread of its own, so neither waits for the other. Where the exchange fails all of the command is killed before its stdin is
 * closed, so nobody in it takes a cut body for a whole one.
 */
final class ProcessExchange implements Closeable {
    private static final String STDIN = "stdin";
    private static final String STDOUT = "stdout";
    private static final String STDERR = "stderr";
    /** What is under way when the command has ended; some that it has left running may never close it. */
    private static final long LAST_LINES_MILLIS = 1_000;

    private static final int PIECE = 64 * 1024;

    private final ProcessPipes pipes;
    private final FileChannel stdout;
    private final @Nullable FileChannel stdin;
    private final @Nullable FileChannel stderr;
    private final @Nullable Object stdinKey;
    private final ProcessGroup group;

    /** The request has been handed over, or nobody wants the rest. */
    private final CompletableFuture<Void> fed = new CompletableFuture<>();

    private final CompletableFuture<Void> answered = new CompletableFuture<>();
    private final CompletableFuture<Void> said = new CompletableFuture<>();
    /** The first trouble of either pump, or of the command; never completed normally. */
    private final CompletableFuture<Void> trouble = new CompletableFuture<>();

    private boolean done;

    private ProcessExchange(ProcessBuilder builder, ProcessPipes pipes) throws IOException {
        this.pipes = pipes;
        stdout = pipes.readEnd(STDOUT);
        builder.redirectOutput(pipes.path(STDOUT).toFile());
        stdin = pipes.has(STDIN) ? pipes.writeEnd(STDIN) : null;
        stdinKey = stdin == null ? null : pipes.key(STDIN);
        if (stdin != null) {
            builder.redirectInput(pipes.path(STDIN).toFile());
        }
        stderr = pipes.has(STDERR) ? pipes.readEnd(STDERR) : null;
        if (stderr != null) {
            builder.redirectError(pipes.path(STDERR).toFile());
        }
        group = new ProcessGroup(builder.start());
    }

    /**
     * Starts a command.
     *
     * @param fed whether {@link #run} feeds it with the request's body; else its stdin is what the builder says
     * @param heard whether {@link #run} hears what it says on its stderr; else that is what the builder says
     */
    static ProcessExchange start(ProcessBuilder builder, boolean fed, boolean heard)
            throws IOException, InterruptedException {
        List<String> names = new ArrayList<>(List.of(STDOUT));
        if (fed) {
            names.add(STDIN);
        }
        if (heard) {
            names.add(STDERR);
        }
        ProcessPipes pipes = ProcessPipes.make(names);
        try {
            ProcessExchange started = new ProcessExchange(builder, pipes);
            pipes.unname();
            return started;
        } catch (IOException | RuntimeException e) {
            pipes.close();
            throw e;
        }
    }

    /**
     * Returns when the command has answered and ended well; else throws, so that the exchange is aborted.
     *
     * @param body goes to its stdin; null where it is not fed
     * @param lines gets each line of its stderr, where it is heard
     */
    void run(@Nullable RequestBody body, Outgoing res, Consumer<String> lines)
            throws IOException, InterruptedException {
        if (body == null || stdin == null) {
            fed.complete(null);
        } else {
            FileChannel to = stdin;
            start("restream-stdin", () -> feed(body, to));
        }
        start("restream-stdout", () -> pumpAnswer(res));
        hear(lines);
        await(CompletableFuture.allOf(answered, group.leader().onExit().thenAccept(this::check)));
        if (!fed.isDone() && group.hasOpen(stdinKey)) {
            // the shell has ended, but not all that it has started
            await(fed);
        }
        done = true;
        if (!said.isDone()) {
            said.completeOnTimeout(null, LAST_LINES_MILLIS, TimeUnit.MILLISECONDS)
                    .join();
        }
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

    private void feed(RequestBody body, FileChannel to) throws IOException {
        for (int count = body.read(); count >= 0; count = body.read()) {
            if (!write(to, ByteBuffer.wrap(body.piece(), 0, count))) {
                fed.complete(null);
                return;
            }
        }
        to.close();
        fed.complete(null);
    }

    /** False where nobody reads any more: a command need not read all there is. */
    private static boolean write(FileChannel to, ByteBuffer bytes) {
        try {
            while (bytes.hasRemaining()) {
                to.write(bytes);
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private void pumpAnswer(Outgoing res) throws IOException {
        ByteBuffer piece = ByteBuffer.allocate(PIECE);
        while (stdout.read(piece) >= 0) {
            res.write(piece.flip());
            res.flush();
            piece.clear();
        }
        answered.complete(null);
    }

    /** Ends what has not ended well. */
    @Override
    public void close() throws IOException {
        if (!done) {
            group.kill();
        }
        pipes.close();
    }
}
