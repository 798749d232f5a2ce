package org.restream.cli.listen;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.regex.Pattern;
import org.restream.Header;
import org.restream.Incoming;
import org.restream.Outgoing;
import org.restream.RestreamServer;
import org.restream.cli.command.Causes;
import org.restream.cli.command.SpoolFile;
import org.restream.cli.console.ServiceManager;
import org.restream.cli.listen.store.PartFile;

/**
 * {@code --exec} and {@code --exec-whole}: runs a command for each request, while its body arrives or when it is whole. With the
 * latter the answer is whole too: it is sent when the command has ended well, so a command that fails is always a refusal.
 * When the maximum number of commands is running, a request waits, and so does its sender.
 */
final class ExecHandler implements RestreamServer.Handler {
    /** E2BIG has this number on every system that has it. */
    private static final Pattern TOO_LONG = Pattern.compile("error[=:] ?7\\b");

    private final String command;
    private final boolean whole;
    private final Semaphore room;
    private final ListenNotices notices;
    private final Header reply;
    private final long maxBody;
    private final Set<ProcessExchange> running = ConcurrentHashMap.newKeySet();

    /**
     * @param whole whether to start the command only when the whole body has arrived
     */
    ExecHandler(String command, boolean whole, int maxProcesses, ListenNotices notices, Header reply, long maxBody) {
        this.command = command;
        this.whole = whole;
        this.room = new Semaphore(maxProcesses, true);
        this.notices = notices;
        this.reply = reply;
        this.maxBody = maxBody;
    }

    @Override
    public void handle(Incoming req, Outgoing res) throws IOException, InterruptedException {
        RequestBody body = new RequestBody(req, maxBody);
        LocalTrouble trouble = new LocalTrouble();
        if (whole) {
            try (PartFile file = trouble.storing(() -> PartFile.createPrivate(SpoolFile.folder()));
                    HeldAnswer answer = new HeldAnswer(trouble)) {
                for (int count = body.read(); count >= 0; count = body.read()) {
                    trouble.write(file, body.piece(), count);
                }
                inTurn(() -> runOn(file, req, answer, trouble));
                answer.sendTo(res.header(reply));
            }
        } else {
            inTurn(() -> run(body, req, res, trouble));
        }
    }

    private interface Work {
        void run() throws IOException, InterruptedException;
    }

    private void inTurn(Work work) throws IOException, InterruptedException {
        room.acquire();
        try {
            work.run();
        } finally {
            room.release();
        }
    }

    private void run(RequestBody body, Incoming req, Outgoing res, LocalTrouble trouble)
            throws IOException, InterruptedException {
        res.header(reply);
        ProcessExchange.Answer answer = piece -> {
            res.write(piece);
            res.flush();
        };
        run(start(builder(req), true, trouble), exchange -> exchange.run(body, answer, notices::said));
    }

    private void runOn(PartFile body, Incoming req, HeldAnswer answer, LocalTrouble trouble)
            throws IOException, InterruptedException {
        run(start(builder(req).redirectInput(body.path().toFile()), false, trouble), exchange -> {
            // the command has the file open; closing ours removes it, so nothing is left even if we are killed
            body.close();
            exchange.run(null, answer::add, notices::said);
        });
    }

    private interface Course {
        void run(ProcessExchange exchange) throws IOException, InterruptedException;
    }

    private void run(ProcessExchange started, Course course) throws IOException, InterruptedException {
        running.add(started);
        try (started) {
            course.run(started);
        } finally {
            running.remove(started);
        }
    }

    /**
     * Kills the running commands because this process is about to exit: they must not mistake that for the end of a
     * body.
     */
    void end() {
        running.forEach(ProcessExchange::kill);
    }

    private ProcessExchange start(ProcessBuilder builder, boolean fed, LocalTrouble trouble)
            throws IOException, InterruptedException {
        return trouble.starting(() -> {
            try {
                return startOnce(builder, fed);
            } catch (IOException e) {
                if (!isTooLong(e) || !HeaderVariables.clear(builder.environment())) {
                    throw e;
                }
                ProcessExchange started = startOnce(builder, fed);
                notices.warning("the command could be run only without variables for the header: " + Causes.line(e));
                return started;
            }
        });
    }

    private ProcessExchange startOnce(ProcessBuilder builder, boolean fed) throws IOException, InterruptedException {
        // a JSON log must contain nothing else
        return ProcessExchange.start(builder, fed, notices.isJson());
    }

    /** Whether the variables exceed the system's limit for all of them together. The JDK shows the error's number in the text alone. */
    private static boolean isTooLong(IOException e) {
        return TOO_LONG.matcher(String.valueOf(e.getMessage())).find();
    }

    private ProcessBuilder builder(Incoming req) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(ProcessGroup.command(command)).redirectError(ProcessBuilder.Redirect.INHERIT);
        ServiceManager.hide(builder.environment());
        HeaderVariables.set(builder.environment(), req.header(), notices);
        PeerVariables.set(builder.environment(), req.peer(), req.peerCertificate());
        return builder;
    }
}
