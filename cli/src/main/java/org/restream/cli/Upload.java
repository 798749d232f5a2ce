package org.restream.cli;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.restream.Outgoing;
import org.restream.RestreamException;

/**
 * Sends the body in one exchange, on a thread of its own: so the exchange notices a loss, and the client comes back, while
 * the body has nothing to send.
 */
final class Upload {
    private final Body body;
    private final Outgoing req;
    private final LongConsumer sent;
    private final Consumer<CommandException> failed;
    private final CountDownLatch ended = new CountDownLatch(1);

    private volatile boolean over;
    private volatile @Nullable String refused;

    /**
     * Makes one.
     *
     * @param failed is told where the body can't be read; the exchange is then aborted, so that the peer takes nothing for
     *     whole
     */
    Upload(Body body, Outgoing req, LongConsumer sent, Consumer<CommandException> failed) {
        this.body = body;
        this.req = req;
        this.sent = sent;
        this.failed = failed;
    }

    void start() {
        Thread thread = new Thread(this::run, "restream-upload");
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try {
            body.sendTo(req, sent, () -> over);
            if (!over) {
                req.end();
            }
        } catch (RestreamException e) {
            // the exchange is lost, which it tells itself, or the server has answered without taking everything
            refused = Causes.line(e);
        } catch (IOException | RuntimeException e) {
            failed.accept(new CommandException(ExitStatus.LOCAL, Causes.line(e), e));
            req.abort();
        } finally {
            ended.countDown();
        }
    }

    /** The exchange is over, and so is this. */
    void stop() {
        over = true;
        body.wake();
    }

    void awaitEnd() throws InterruptedException {
        ended.await();
    }

    /** Why the server did not take everything; null where it did. */
    @Nullable
    String refused() {
        return refused;
    }
}
