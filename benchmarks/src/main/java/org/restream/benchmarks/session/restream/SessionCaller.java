package org.restream.benchmarks.session.restream;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.restream.ClientOptions;
import org.restream.Restream;
import org.restream.RestreamSession;
import org.restream.benchmarks.session.BlockingCaller;
import org.restream.benchmarks.session.Body;
import org.restream.benchmarks.session.Pieces;
import org.restream.benchmarks.session.Request;

/** A session for all exchanges, each of which runs on the thread that wants it. */
public final class SessionCaller extends BlockingCaller {
    private final RestreamSession session;

    public SessionCaller(String host, int port) {
        session = Restream.createSession(ClientOptions.defaults().servers(host + ":" + port));
    }

    @Override
    public void once() throws IOException, InterruptedException {
        byte[] answer = session.exchange((req, res) -> {
            req.header("task", "exchange").end(Body.bytes());
            return res.readAllBytes();
        });
        Body.check(answer);
    }

    @Override
    public void hold() throws InterruptedException {
        CountDownLatch open = new CountDownLatch(1);
        CompletableFuture<?> unused = session.exchangeAsync((req, res) -> {
            req.header("task", "hold").flush();
            res.header();
            open.countDown();
            return res.readAllBytes();
        });
        open.await();
    }

    @Override
    public long up(Pieces pieces) throws IOException, InterruptedException {
        return session.exchange((req, res) -> {
            SessionServer.send(pieces, req.header("task", "up"));
            return Long.valueOf(res.readText());
        });
    }

    @Override
    public long down(Request request) throws IOException, InterruptedException {
        return session.exchange((req, res) -> {
            req.header("task", request.task().word())
                    .header("bytes", request.bytes())
                    .end();
            return SessionServer.check(res);
        });
    }

    @Override
    public void close() {
        session.close();
    }
}
