package org.restream.cli.send;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.restream.Outgoing;
import org.restream.cli.command.Causes;
import org.restream.cli.command.CommandException;
import org.restream.cli.command.Digest;
import org.restream.cli.command.ExitStatus;
import org.restream.cli.send.body.BodyReader;

/**
 * Sends the body in one exchange, on a thread of its own. So the exchange notices a loss, and the client reconnects,
 * even while the body has nothing to send.
 */
public final class Upload {
    private static final int PIECE = 64 * 1024;

    private final BodyReader body;
    private final Outgoing req;
    private final Consumer<CommandException> failed;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final AtomicLong sent = new AtomicLong();

    private final Digest.Builder digest = new Digest.Builder();

    private volatile boolean whole;
    private volatile @Nullable String refused;

    /**
     * @param body is closed at the end
     * @param failed is called if the body can't be read; the exchange is then aborted, so that the peer does not see a
     *     clean end
     */
    public Upload(BodyReader body, Outgoing req, Consumer<CommandException> failed) {
        this.body = body;
        this.req = req;
        this.failed = failed;
    }

    public void start() {
        Thread thread = new Thread(this::run, "restream-upload");
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try (body) {
            sendAll();
        } catch (Refusal e) {
            // the exchange is lost, which it reports itself, or the server has answered without reading everything
            refused = e.getMessage();
        } catch (CancellationException e) {
            // the exchange is over: send nothing more, and no end
        } catch (CommandException e) {
            fail(e);
        } catch (Throwable e) {
            fail(new CommandException(ExitStatus.LOCAL, e.toString(), e));
        } finally {
            ended.countDown();
        }
    }

    private void sendAll() throws CommandException, Refusal {
        ByteBuffer piece = ByteBuffer.allocateDirect(PIECE);
        while (true) {
            if (body.isDry()) {
                toPeer(req::flush);
            }
            int count = body.read(piece.clear());
            if (count < 0) {
                toPeer(req::end);
                whole = true;
                return;
            }
            digest.add(piece.flip());
            toPeer(() -> req.write(piece));
            sent.addAndGet(count);
        }
    }

    /** A step that writes to the connection. */
    private interface Step {
        void run() throws IOException;
    }

    /** A write to the connection has failed, and nothing else. */
    private static final class Refusal extends Exception {
        private static final long serialVersionUID = 1;

        Refusal(IOException cause) {
            super(Causes.line(cause), cause);
        }
    }

    private static void toPeer(Step step) throws Refusal {
        try {
            step.run();
        } catch (IOException e) {
            throw new Refusal(e);
        }
    }

    private void fail(CommandException e) {
        try {
            failed.accept(e);
        } finally {
            req.abort();
        }
    }

    /** Ends the upload, because the exchange is over. */
    void stop() {
        body.close();
    }

    /** Aborts the exchange: nothing more is sent, and the server sees that the body is not complete. */
    void abort() {
        body.close();
        req.abort();
    }

    /** Whether the rest of the body is available without waiting. */
    boolean isAllThere() {
        return whole || body.isAllThere();
    }

    /** How many bytes have been sent so far. */
    long sent() {
        return sent.get();
    }

    /**
     * The digest of what has been sent. Call it once, after the end; it has the SHA-256 only if everything was sent.
     */
    Digest digest() {
        return whole ? digest.build() : new Digest(sent(), "");
    }

    /** Whether everything has been sent, including the end. */
    boolean whole() {
        return whole;
    }

    /**
     * Waits for the end of the upload, but only for a limited time, because the server has answered already. Sends what
     * is available as long as the server takes it; does not wait for more input.
     *
     * @param input how long the input may take to end
     * @param stall how long no byte may move
     * @return null if the upload has ended; otherwise what it still waits for
     */
    @Nullable
    String awaitEnd(Duration input, Duration stall) throws InterruptedException {
        if (endsWithin(input)) {
            return null;
        }
        while (body.isAllThere()) {
            long before = sent();
            if (endsWithin(stall)) {
                return null;
            }
            if (sent() == before) {
                return "it stopped reading";
            }
        }
        return "the input has not ended";
    }

    public boolean endsWithin(Duration time) throws InterruptedException {
        return ended.await(time.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Why the server did not read everything; null if it did. */
    @Nullable
    String refused() {
        return refused;
    }
}
