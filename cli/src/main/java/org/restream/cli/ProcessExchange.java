package org.restream.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.restream.Outgoing;

/**
 * A process that has the request's body on its stdin and whose stdout is the answer's. Each way is pumped by a thread of its
 * own, so neither waits for the other. The process ends with the exchange, its children too.
 */
final class ProcessExchange {
    private final Process process;
    private final CompletableFuture<Void> answered = new CompletableFuture<>();
    /** The first trouble of either pump; never completed normally. */
    private final CompletableFuture<Void> trouble = new CompletableFuture<>();

    ProcessExchange(Process process) {
        this.process = process;
    }

    /** Returns when the process has answered and ended well; else throws, so that the exchange is aborted. */
    void run(RequestBody body, Outgoing res) throws Exception {
        try {
            start("restream-stdin", () -> pumpRequest(body));
            start("restream-stdout", () -> pumpAnswer(res));
            CompletableFuture.anyOf(trouble, answered.thenCompose(done -> process.onExit()))
                    .get();
            if (process.exitValue() != 0) {
                throw new IOException("the command ended with status " + process.exitValue());
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException known ? known : e;
        } finally {
            ProcessTree.end(process);
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
                    } catch (IOException | RuntimeException e) {
                        trouble.completeExceptionally(e);
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
    }

    private void pumpRequest(RequestBody body) throws IOException {
        OutputStream stdin = process.getOutputStream();
        for (int count = body.read(); count >= 0; count = body.read()) {
            try {
                stdin.write(body.piece(), 0, count);
                stdin.flush();
            } catch (IOException e) {
                // a command need not read all there is
                break;
            }
        }
        close(stdin);
    }

    private void pumpAnswer(Outgoing res) throws IOException {
        InputStream stdout = process.getInputStream();
        byte[] piece = new byte[16 * 1024];
        for (int count = stdout.read(piece); count >= 0; count = stdout.read(piece)) {
            res.write(piece, 0, count);
            if (stdout.available() == 0) {
                res.flush();
            }
        }
        answered.complete(null);
    }

    private static void close(OutputStream stdin) {
        try {
            stdin.close();
        } catch (IOException e) {
            // it has gone already
        }
    }
}
