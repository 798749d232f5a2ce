package org.restream.benchmarks.client;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.restream.ClientOptions;
import org.restream.Restream;

/** This project, with a client for each exchange. */
final class RestreamClients implements Client {
    @Override
    public void start(int port, long waitMillis, Runnable done) {
        ClientOptions options = ClientOptions.defaults()
                .servers(Wire.host() + ":" + port)
                .retryDelay(Duration.ofMillis(Math.max(waitMillis, 1)))
                .listener(event -> {});
        CompletableFuture<?> unused = Restream.createClient(options, (req, res) -> {
                    req.header("bench", 1).end(Wire.BODY);
                    Wire.check(Wire.BODY, res.readAllBytes());
                })
                .completion()
                .whenComplete((none, failure) -> {
                    if (failure != null) {
                        Wire.fail(failure);
                    }
                    done.run();
                });
    }
}
