package org.restream.benchmarks.session.restream;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.restream.ClientOptions;
import org.restream.Restream;
import org.restream.RestreamClient;
import org.restream.benchmarks.session.AsyncCaller;
import org.restream.benchmarks.session.Body;
import org.restream.benchmarks.session.Pieces;
import org.restream.benchmarks.session.Request;

/** No session: a client for each exchange, and so a connection. */
public final class PlainCaller extends AsyncCaller {
    private final ClientOptions options;

    public PlainCaller(String host, int port) {
        options = ClientOptions.defaults().servers(host + ":" + port).listener(event -> {});
    }

    @Override
    protected void start(Done done) {
        CompletableFuture<?> unused = client((req, res) -> {
                    req.header("task", "exchange").end(Body.bytes());
                    Body.check(res.readAllBytes());
                })
                .whenComplete((none, failure) -> done.ended(failure));
    }

    @Override
    public void hold() throws InterruptedException {
        CountDownLatch open = new CountDownLatch(1);
        CompletableFuture<?> unused = client((req, res) -> {
            req.header("task", "hold").flush();
            res.header();
            open.countDown();
            res.readAllBytes();
        });
        open.await();
    }

    @Override
    public long up(Pieces pieces) {
        AtomicLong count = new AtomicLong();
        client((req, res) -> {
                    SessionServer.send(pieces, req.header("task", "up"));
                    count.set(Long.parseLong(res.readText()));
                })
                .join();
        return count.get();
    }

    @Override
    public long down(Request request) {
        AtomicLong count = new AtomicLong();
        client((req, res) -> {
                    req.header("task", request.task().word())
                            .header("bytes", request.bytes())
                            .end();
                    count.set(SessionServer.check(res));
                })
                .join();
        return count.get();
    }

    private CompletableFuture<?> client(RestreamClient.Handler handler) {
        return Restream.createClient(options, handler).completion();
    }

    @Override
    public void close() {}
}
