package org.restream.cli.send;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.restream.ClientEvent;
import org.restream.Header;
import org.restream.cli.command.Causes;
import org.restream.cli.command.CommandException;
import org.restream.cli.command.ExitStatus;
import org.restream.cli.send.progress.Progress;
import org.restream.files.FileSender;
import org.restream.files.FileSending;
import org.restream.files.UploadEvent;
import org.restream.files.UploadResult;

/** {@code --resume}: sends one file as an upload that goes on, after a loss and in the next process. */
final class UploadJob {
    private final SendSettings settings;
    private final Path file;
    private final Header header;
    private final AnswerOutput.Slot slot;
    private final AnswerWait wait;
    private final SendNotices log;
    private final Progress.Part progress;
    private final CompletableFuture<@Nullable Void> result;

    private volatile @Nullable FileSending sending;

    UploadJob(SendSettings settings, SendTask task, Path file, AnswerOutput.Slot slot, SendNotices log) {
        this.settings = settings;
        this.file = file;
        this.header = task.input().header().get(task.body().size());
        this.slot = slot;
        this.wait = new AnswerWait(settings.patience());
        this.log = log;
        this.progress = task.progress();
        this.result = task.result();
    }

    /** Runs until the file is stored and the answer is written, or throws. After that the slot must be dropped. */
    void run() throws CommandException, InterruptedException {
        FileSender sender = FileSender.to(settings.options().listener(this::event))
                .header(header)
                .listener(this::upload);
        try (FileSending started = sender.start(file)) {
            sending = started;
            CompletableFuture<UploadResult> stored = started.result();
            CompletableFuture<Boolean> unused = stored.handle(
                    (done, failure) -> failure == null ? result.complete(null) : result.completeExceptionally(failure));
            awaitResult();
            slot.write((stored.get().toHeader() + "\n").getBytes(StandardCharsets.UTF_8));
            slot.end();
        } catch (IOException e) {
            throw new CommandException(ExitStatus.LOCAL, Causes.line(e), e);
        } catch (ExecutionException e) {
            throw CommandException.of(e.getCause() == null ? e : e.getCause());
        } finally {
            progress.end();
        }
    }

    private void awaitResult() throws ExecutionException, InterruptedException {
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
        ClientEvent.Connected waits = wait.look(position(), true, System.nanoTime());
        progress.awaitsAnswer(waits != null);
        if (waits != null && !progress.countsDown()) {
            log.awaitsAnswer(waits, position());
            wait.told();
        }
    }

    private long position() {
        FileSending now = sending;
        return now == null ? 0 : now.position();
    }

    private void event(ClientEvent event) {
        if (result.isDone()) {
            return;
        }
        wait.heard(event, System.nanoTime());
        log.event(event, progress.countsDown());
        progress.event(event);
    }

    private void upload(UploadEvent event) {
        if (event instanceof UploadEvent.Answered answered && settings.showHeader()) {
            log.header(answered.header());
        } else if (event instanceof UploadEvent.Accepted) {
            progress.resume(this::position);
        }
        log.upload(event);
    }
}
