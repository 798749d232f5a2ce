package org.restream.cli.send;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.restream.ClientEvent;
import org.restream.Header;
import org.restream.Incoming;
import org.restream.OutcomeUnknownException;
import org.restream.Outgoing;
import org.restream.Restream;
import org.restream.RestreamClient;
import org.restream.ServerAddress;
import org.restream.cli.command.Causes;
import org.restream.cli.command.CommandException;
import org.restream.cli.command.Digest;
import org.restream.cli.command.ExitStatus;
import org.restream.cli.send.body.Body;
import org.restream.cli.send.body.BodyReader;
import org.restream.cli.send.progress.Progress;

/** Sends one body: runs a client from the first attempt to the whole answer. */
final class SendJob {
    /** How long after the whole answer stdin may take to end. It often ends at the same moment. */
    private static final Duration INPUT_GRACE = Duration.ofSeconds(1);
    /** How long after the whole answer the server may take no byte although there is something to send. */
    private static final Duration STALL_GRACE = Duration.ofSeconds(30);

    private final SendSettings settings;
    private final SendInput.HeaderSource header;
    private final Body body;
    private final AnswerOutput.Slot slot;
    private final Answer answer;
    private final AnswerWait wait;
    private final SendNotices log;
    private final Progress.Part progress;
    private final CompletableFuture<@Nullable Void> result;

    private volatile @Nullable Upload upload;
    private volatile @Nullable ServerAddress server;
    private @Nullable Header shown;
    private volatile @Nullable OutcomeUnknownException unknown;

    SendJob(SendSettings settings, SendTask task, AnswerOutput.Slot slot, SendNotices log) {
        this.settings = settings;
        this.header = task.input().header();
        this.body = task.body();
        this.slot = slot;
        this.answer = new Answer(slot);
        this.wait = new AnswerWait(settings.patience());
        this.log = log;
        this.progress = task.progress();
        this.result = task.result();
    }

    /** Returns when the whole answer is written, or throws. The caller then has to drop the slot. */
    void run() throws CommandException, InterruptedException {
        try (RestreamClient client = Restream.createClient(
                // no interrupt on loss: the handler only opens the file, and an interrupt would close it
                settings.options().interruptOnLoss(false).listener(this::event), this::handle)) {
            CompletableFuture<?> unused = client.completion().whenComplete((done, failure) -> {
                if (failure == null) {
                    result.complete(null);
                } else {
                    result.completeExceptionally(failure);
                }
            });
            awaitResult();
            slot.end();
        } catch (ExecutionException e) {
            throw CommandException.of(e.getCause() == null ? e : e.getCause()).after(unknown);
        } finally {
            stopUpload();
            progress.end();
        }
    }

    private void awaitResult() throws ExecutionException, InterruptedException {
        // check several times within the patience, so that the report is not much too late
        long look = Math.max(1, settings.patience().toMillis() / 5);
        while (true) {
            try {
                result.get(look, TimeUnit.MILLISECONDS);
                return;
            } catch (TimeoutException e) {
                tellWait();
            }
        }
    }

    private void tellWait() {
        Upload last = upload;
        if (last == null) {
            return;
        }
        ClientEvent.Connected waits = wait.look(last.sent(), last.isAllThere(), System.nanoTime());
        progress.awaitsAnswer(waits != null);
        if (waits != null && !progress.countsDown()) {
            log.awaitsAnswer(waits, last.sent());
            wait.told();
        }
    }

    private void handle(Outgoing req, Incoming res) throws Exception {
        if (result.isDone()) {
            throw new IllegalStateException("the command has ended");
        }
        BodyReader reader = reader();
        Upload next = new Upload(reader, req, result::completeExceptionally);
        upload = next;
        req.header(header.get(reader.size()));
        answer.begin();
        progress.begin(next::sent);
        // first, because if the answer has arrived already, its listeners are called as soon as they are attached
        next.start();
        res.onHeader(this::answerHeader)
                .onData(this::answerData)
                .onEnd(() -> answerEnded(next))
                .onError(e -> next.stop());
    }

    private BodyReader reader() throws CommandException {
        try {
            return body.reader();
        } catch (CommandException e) {
            // first the cause, then its consequences for the client
            result.completeExceptionally(e);
            throw e;
        }
    }

    private void answerHeader(Header came) {
        wait.over();
        answer.header(came);
        if (settings.showHeader() && !came.equals(shown)) {
            shown = came;
            log.header(came);
        }
    }

    private void answerData(byte[] bytes) throws CommandException, InterruptedException {
        progress.received(bytes.length);
        answer.write(bytes);
    }

    private void event(ClientEvent event) {
        try {
            if (!result.isDone()) {
                heard(event);
            }
        } catch (Throwable e) {
            // the library would only log what a listener throws, and the exchange would count as verified
            result.completeExceptionally(e);
        }
    }

    private void heard(ClientEvent event) throws InterruptedException {
        if (event instanceof ClientEvent.Connected connected) {
            server = connected.server();
        }
        wait.heard(event, System.nanoTime());
        log.event(event, progress.countsDown());
        progress.event(event);
        if (event instanceof ClientEvent.Lost lost) {
            stopUpload();
            if (lost.cause() instanceof OutcomeUnknownException cause) {
                unknown = cause;
            }
            if (!body.canBeSentAgain()) {
                result.completeExceptionally(new CommandException(
                        unknown == null ? ExitStatus.LOST : ExitStatus.UNKNOWN,
                        lost.server() + ": " + Causes.line(lost.cause())
                                + "; it can't be sent again, since --no-spool keeps nothing",
                        lost.cause()));
            }
        } else if (event instanceof ClientEvent.Completed) {
            completed();
        }
    }

    /**
     * The answer has ended: ends the command too, whatever stdin does. A server may answer without reading everything.
     */
    private void answerEnded(Upload mine) throws CommandException, InterruptedException {
        answer.end();
        String waitsFor = mine.awaitEnd(INPUT_GRACE, STALL_GRACE);
        if (waitsFor != null) {
            answered(mine, waitsFor);
            result.complete(null);
            mine.abort();
        }
    }

    /** Both messages have ended; or the server has stopped reading the request, and the answer has ended. */
    private void completed() throws InterruptedException {
        Upload last = upload;
        if (last == null) {
            return;
        }
        // the upload has ended but may not have returned yet; or it still waits, and another thread found that the
        // server stopped reading
        last.stop();
        if (last.endsWithin(STALL_GRACE) && last.whole()) {
            answered(last, null);
        } else {
            String refused = last.refused();
            answered(last, refused == null ? "it stopped reading" : refused);
        }
    }

    /**
     * The whole answer is there.
     *
     * @param refused why the request was not sent completely; null if it was
     */
    private void answered(Upload last, @Nullable String refused) {
        if (refused != null) {
            log.notice(server + " has answered, but did not read the whole request: " + refused);
        }
        Digest sent = last.digest();
        Digest echo = answer.ifCutEchoOf(sent);
        String contradiction = echo != null
                        && body.canBeSentAgain()
                        && Beginning.of(body, echo.size()).equals(echo)
                ? "the answer says \"size\" " + sent.size() + " and equals what was sent, but ends after " + echo.size()
                        + " bytes"
                : answer.contradiction(sent, refused == null);
        if (contradiction != null) {
            result.completeExceptionally(new CommandException(ExitStatus.LOST, server + ": " + contradiction, null));
        }
    }

    private void stopUpload() {
        Upload last = upload;
        if (last != null) {
            last.stop();
        }
    }
}
