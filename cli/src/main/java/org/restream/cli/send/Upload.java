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
 * Sends the body in one exchange, on a thread of its own: so the exchange notices a loss, and the client comes back, while
 * the body has nothing to send.
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
     * @param body closed at the end
     * @param failed is told where the body can't be read; the exchange is then aborted, so that the peer takes nothing for
     *     whole
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
            // the exchange is lost, which it tells itself, or the server has answered without taking everything
            refused = e.getMessage();
        } catch (CancellationException e) {
            // the exchange is over: nothing is sent any more, and no end
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

    /** What is done on the connection. */
    private interface Step {
        void run() throws IOException;
    }

    /** The connection takes no more; nothing else is called so. */
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

    /** The exchange is over, and so is this. */
    void stop() {
        body.close();
    }

    /** No more is sent, and the server sees that it is not all. */
    void abort() {
        body.close();
        req.abort();
    }

    /** Whether nobody has more to say whom it waits for. */
    boolean isAllThere() {
        return whole || body.isAllThere();
    }

    /** How many bytes so far. */
    long sent() {
        return sent.get();
    }

    /** What has been sent; with its SHA-256 where that is all, and once, after the end. */
    Digest digest() {
        return whole ? digest.build() : new Digest(sent(), "");
    }

    /** Whether all has been sent, and the end. */
    boolean whole() {
        return whole;
    }

    /**
     * Waits for its end, but not for ever: the server has answered already. What is there is sent while the server takes it; what
     * somebody has yet to say is not waited for.
     *
     * @param input how long may pass until all that is to be sent is there
     * @param stall how long nothing may move
     * @return null at its end; else what it waits for still
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
                return "it takes no more";
            }
        }
        return "there was more to come";
    }

    public boolean endsWithin(Duration time) throws InterruptedException {
        return ended.await(time.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Why the server did not take everything; null where it did. */
    @Nullable
    String refused() {
        return refused;
    }
}
