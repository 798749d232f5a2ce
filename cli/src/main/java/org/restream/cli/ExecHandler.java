package org.restream.cli;

import java.util.concurrent.Semaphore;
import org.restream.Header;
import org.restream.Incoming;
import org.restream.Outgoing;
import org.restream.RestreamServer;

/** {@code --exec}: runs a command for each request. Where enough of them run, a request waits, and its sender with it. */
final class ExecHandler implements RestreamServer.Handler {
    private final String command;
    private final Semaphore room;
    private final ListenNotices notices;
    private final Header reply;
    private final long maxBody;

    ExecHandler(String command, int maxProcesses, ListenNotices notices, Header reply, long maxBody) {
        this.command = command;
        this.room = new Semaphore(maxProcesses, true);
        this.notices = notices;
        this.reply = reply;
        this.maxBody = maxBody;
    }

    @Override
    public void handle(Incoming req, Outgoing res) throws Exception {
        Header header = req.header();
        room.acquire();
        try {
            res.header(reply);
            ProcessBuilder builder =
                    new ProcessBuilder("sh", "-c", command).redirectError(ProcessBuilder.Redirect.INHERIT);
            HeaderVariables.set(builder.environment(), header, notices);
            PeerVariables.set(builder.environment(), req.peerCertificate());
            new ProcessExchange(builder.start()).run(new RequestBody(req, maxBody), res);
        } finally {
            room.release();
        }
    }
}
