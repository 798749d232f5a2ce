package org.restream.reliability.soak;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.restream.Incoming;
import org.restream.Outgoing;
import org.restream.Restream;
import org.restream.RestreamServer;
import org.restream.ServerOptions;
import org.restream.SessionLimits;

/** Answers, and records each call, and each body that arrived whole or was lost. Arguments: host, port, journal; one more: with sessions. */
final class SoakServer {
    private static final AtomicLong CALLS = new AtomicLong();

    private SoakServer() {}

    public static void main(String[] arguments) throws Exception {
        Journal journal = new Journal(Path.of(arguments[2]));
        ServerOptions options = ServerOptions.defaults().host(arguments[0]).port(Integer.parseInt(arguments[1]));
        if (arguments.length > 3) {
            options = options.sessions(SessionLimits.defaults());
        }
        RestreamServer server =
                Restream.createServer(options.listener(event -> {}), (req, res) -> handle(journal, req, res));
        server.listen();
        System.out.println(server.address().getPort());
    }

    private static void handle(Journal journal, Incoming req, Outgoing res) throws IOException {
        long request = req.header().getLong("request");
        String call = ProcessHandle.current().pid() + "-" + CALLS.incrementAndGet();
        journal.note("call", request, call);
        String digest;
        try {
            digest = Body.digest(req);
        } catch (IOException e) {
            journal.note("lost", request, call);
            throw e;
        }
        journal.note("whole", request, call + " " + digest);
        res.header("request", request).header("sha256", digest);
        Body.write(res, Body.answer(request));
    }
}
