package org.restream.reliability;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.restream.ClientOptions;
import org.restream.Header;
import org.restream.Reconnect;
import org.restream.Restream;
import org.restream.RestreamClient;

/** An honest client, which an attack must not affect. */
final class Honest {
    private static final int EXCHANGES = 10;

    private final ClientOptions options;

    Honest(InetSocketAddress server, @Nullable SSLContext tls) {
        ClientOptions plain = ClientOptions.defaults()
                .servers(server.getAddress().getHostAddress() + ":" + server.getPort())
                // a loss is a failure
                .reconnect(Reconnect.UNTIL_CONNECTED)
                .maxFailures(1);
        options = tls == null ? plain : plain.tls(tls);
    }

    /** Makes some exchanges one after the other; returns the longest duration. */
    Duration slowest() throws Exception {
        Duration slowest = Duration.ZERO;
        for (int i = 0; i < EXCHANGES; i++) {
            Duration took = one();
            slowest = took.compareTo(slowest) > 0 ? took : slowest;
        }
        return slowest;
    }

    /** Makes one exchange; right behind a crowd it waits until all of that are accepted. */
    Duration one() throws Exception {
        long start = System.nanoTime();
        exchange(Header.of("do", "echo"), "hello");
        return Duration.ofNanos(System.nanoTime() - start);
    }

    /** The victim's report about itself. */
    Header tell() throws Exception {
        return exchange(Header.of("do", "tell"), "");
    }

    /** Starts this many exchanges at the same time; each future completes when it is served. */
    List<CompletableFuture<Void>> start(int count) {
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(client(Header.of("do", "echo"), "hello", new CompletableFuture<>())
                    .completion());
        }
        return all;
    }

    private Header exchange(Header request, String body) throws Exception {
        CompletableFuture<Header> answer = new CompletableFuture<>();
        try (RestreamClient client = client(request, body, answer)) {
            client.completion().get(60, TimeUnit.SECONDS);
        }
        return answer.get();
    }

    private RestreamClient client(Header request, String body, CompletableFuture<Header> answer) {
        return Restream.createClient(options, (req, res) -> {
            req.header(request).end(body);
            Header header = res.header();
            String text = res.readText();
            if (!text.equals(body)) {
                throw new IllegalStateException("the answer is " + text);
            }
            answer.complete(header);
        });
    }
}
