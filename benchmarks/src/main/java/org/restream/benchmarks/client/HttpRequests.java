package org.restream.benchmarks.client;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;

/** The JDK's HTTP client. The server closes each connection, so each request needs a new one. */
final class HttpRequests implements Client {
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @Override
    public void start(int port, long waitMillis, Runnable done) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + Wire.host() + ":" + port + "/exchange"))
                .POST(BodyPublishers.ofByteArray(Wire.BODY))
                .build();
        CompletableFuture<?> unused = client.sendAsync(request, BodyHandlers.ofByteArray())
                .whenComplete((answer, failure) -> {
                    if (failure != null) {
                        Wire.fail(failure);
                    }
                    Wire.check(Wire.BODY, answer.body());
                    done.run();
                });
    }
}
