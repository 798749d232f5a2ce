package org.restream.cli.send;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.restream.cli.command.Causes;
import org.restream.cli.command.CommandException;
import org.restream.cli.command.ExitStatus;
import org.restream.cli.send.body.Body;
import org.restream.cli.send.progress.Progress;

/** Sends all inputs, several at a time. The exit status is the highest of all. */
final class SendRun {
    private final SendSettings settings;
    private final SendNotices log;
    private final Progress progress;
    private final List<SendInput> inputs = new ArrayList<>();
    private final List<SendTask> tasks = new ArrayList<>();

    // guarded by this
    private int next;
    private int status = ExitStatus.DONE;

    SendRun(SendSettings settings, SendNotices log, Progress progress) {
        this.settings = settings;
        this.log = log;
        this.progress = progress;
    }

    void add(SendInput input) {
        inputs.add(input);
    }

    /** Reports that a file is not sent, and why; the others are sent. */
    void refuse(String file, CommandException why) {
        failed(file, why);
    }

    /** Returns the exit status. */
    int run(int atATime, AnswerOutput out) throws InterruptedException {
        if (!open()) {
            return status;
        }
        List<Thread> others = new ArrayList<>();
        for (int i = 1; i < Math.min(atATime, tasks.size()); i++) {
            Thread thread = new Thread(() -> work(out), "restream-send-" + (i + 1));
            thread.setDaemon(true);
            others.add(thread);
            thread.start();
        }
        work(out);
        for (Thread thread : others) {
            thread.join();
        }
        return status();
    }

    /** Opens all inputs before anything is sent, so that a spool begins to read before there is a server. */
    private boolean open() {
        for (SendInput input : inputs) {
            CompletableFuture<@Nullable Void> result = new CompletableFuture<>();
            try {
                Body body = input.opener().open(result::completeExceptionally);
                tasks.add(new SendTask(input, body, result, progress.part(body)));
            } catch (CommandException e) {
                failed(input.label(), e);
                return false;
            } catch (Throwable e) {
                failed(input.label(), bug(e));
                return false;
            }
        }
        return true;
    }

    private SendNotices log(String label) {
        return label.isEmpty() ? log : log.labelled(label);
    }

    private void work(AnswerOutput out) {
        for (int i = take(); i < tasks.size(); i = take()) {
            work(tasks.get(i), out.slot(i));
        }
    }

    private void work(SendTask task, AnswerOutput.Slot slot) {
        try {
            run(task, slot);
        } catch (CommandException e) {
            failed(task.input().label(), e);
        } catch (Throwable e) {
            failed(task.input().label(), bug(e));
        } finally {
            // in any case let the next answer be written; after end() this has no effect
            slot.drop();
        }
    }

    private void run(SendTask task, AnswerOutput.Slot slot) throws CommandException, InterruptedException {
        Body body = task.body();
        try (body) {
            SendNotices named = log(task.input().label());
            Path upload = task.input().upload();
            if (upload == null) {
                new SendJob(settings, task, slot, named).run();
            } else {
                new UploadJob(settings, task, upload, slot, named).run();
            }
        }
    }

    private static CommandException bug(Throwable e) {
        return new CommandException(ExitStatus.LOCAL, e.toString(), e);
    }

    private synchronized int take() {
        return next++;
    }

    private synchronized int status() {
        return status;
    }

    private synchronized void failed(String label, CommandException e) {
        boolean closed = e.status() == ExitStatus.CLOSED_OUTPUT;
        if (status == ExitStatus.CLOSED_OUTPUT) {
            return;
        }
        status = Math.max(status, e.status());
        if (!closed) {
            tell(label, e);
            return;
        }
        // nobody reads the answers any more: end the others too, without a message
        next = tasks.size();
        for (SendTask task : tasks) {
            task.result().completeExceptionally(e);
        }
    }

    private void tell(String label, CommandException e) {
        try {
            log(label).error(e.status(), Causes.line(e), e.getCause() == null ? e : e.getCause());
        } catch (Throwable mute) {
            // out of memory, say; the exit status shows it, and the others go on
            return;
        }
    }
}
