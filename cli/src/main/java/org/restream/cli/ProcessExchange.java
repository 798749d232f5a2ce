package org.restream.cli;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
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
    private static final int PIECE = 64 * 1024;

    private final ProcessPipes pipes;
    private final FileChannel stdout;
    private final @Nullable FileChannel stdin;
    private final @Nullable Object stdinKey;
    private final ProcessGroup group;

    /** The request has been handed over, or nobody wants the rest. */
    private final CompletableFuture<Void> fed = new CompletableFuture<>();

    private final CompletableFuture<Void> answered = new CompletableFuture<>();
    /** The first trouble of either pump, or of the command; never completed normally. */
    private final CompletableFuture<Void> trouble = new CompletableFuture<>();

    private boolean done;

    private ProcessExchange(ProcessBuilder builder, boolean feeds, ProcessPipes pipes) throws IOException {
        this.pipes = pipes;
        stdout = pipes.readEnd(STDOUT);
        builder.redirectOutput(pipes.path(STDOUT).toFile());
        if (feeds) {
            stdin = pipes.writeEnd(STDIN);
            stdinKey = pipes.key(STDIN);
            builder.redirectInput(pipes.path(STDIN).toFile());
        } else {
            stdin = null;
            stdinKey = null;
        }
        group = new ProcessGroup(builder.start());
    }

    /** Starts a command that is fed with the request's body by {@link #run}. */
    static ProcessExchange fed(ProcessBuilder builder) throws IOException, InterruptedException {
        return start(builder, true, ProcessPipes.make(STDIN, STDOUT));
    }

    /** Starts a command whose stdin is what the builder says. */
    static ProcessExchange unfed(ProcessBuilder builder) throws IOException, InterruptedException {
        return start(builder, false, ProcessPipes.make(STDOUT));
    }

    private static ProcessExchange start(ProcessBuilder builder, boolean feeds, ProcessPipes pipes) throws IOException {
        try {
            ProcessExchange started = new ProcessExchange(builder, feeds, pipes);
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
     * @param body goes to its stdin; null where that is no pipe of ours
     */
    void run(@Nullable RequestBody body, Outgoing res) throws IOException, InterruptedException {
        if (body == null || stdin == null) {
            fed.complete(null);
        } else {
            FileChannel to = stdin;
            start("restream-stdin", () -> feed(body, to));
        }
        start("restream-stdout", () -> pumpAnswer(res));
        await(CompletableFuture.allOf(answered, group.leader().onExit().thenAccept(this::check)));
        if (!fed.isDone() && group.hasOpen(stdinKey)) {
            // the shell has ended, but not all that it has started
            await(fed);
        }
        done = true;
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
