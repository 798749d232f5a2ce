package org.restream.cli.listen;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.restream.Header;
import org.restream.Incoming;
import org.restream.Outgoing;
import org.restream.RestreamServer;

/**
 * The default mode: writes the bodies to stdout, one after the other. A later request waits, and so does its sender.
 */
final class StdoutHandler implements RestreamServer.Handler {
    private final OutputStream stdout;
    private final Consumer<IOException> stdoutFailed;
    private final ListenNotices notices;
    private final Header reply;
    private final long maxBody;
    private final ReentrantLock turn = new ReentrantLock(true);

    /**
     * @param stdout an unbuffered stream that reports errors
     * @param stdoutFailed is called when a write to stdout has failed
     */
    StdoutHandler(
            OutputStream stdout,
            Consumer<IOException> stdoutFailed,
            ListenNotices notices,
            Header reply,
            long maxBody) {
        this.stdout = stdout;
        this.stdoutFailed = stdoutFailed;
        this.notices = notices;
        this.reply = reply;
        this.maxBody = maxBody;
    }

    @Override
    public void handle(Incoming req, Outgoing res) throws IOException, InterruptedException {
        Header header = req.header();
        turn.lockInterruptibly();
        try {
            notices.header(header);
            print(new RequestBody(req, maxBody), LogEntry.current());
        } finally {
            turn.unlock();
        }
        res.header(reply).end();
    }

    private void print(RequestBody body, LogEntry entry) throws IOException {
        for (int count = body.read(); count >= 0; count = body.read()) {
            entry.printing();
            try {
                stdout.write(body.piece(), 0, count);
            } catch (IOException e) {
                stdoutFailed.accept(e);
                throw e;
            }
        }
        entry.printedWhole();
    }
}
