package org.restream.reliability.soak;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.restream.ClientOptions;
import org.restream.Header;
import org.restream.Restream;

/**
 * Makes one request after the other, and records when each begins, each call of its handler, and when it is done. It
 * begins with those that the process before it has not finished, and exits when there is a line on stdin. Arguments:
 * server, journal, the number of the first request.
 */
final class SoakClient {
    private SoakClient() {}

    public static void main(String[] arguments) throws Exception {
        Path file = Path.of(arguments[1]);
        Set<Long> open = new LinkedHashSet<>();
        long next = Long.parseLong(arguments[2]);
        for (Journal.Fact fact : Journal.read(file)) {
            next = Math.max(next, fact.request() + 1);
            if (fact.what().equals("begin")) {
                open.add(fact.request());
            } else if (fact.what().equals("done")) {
                open.remove(fact.request());
            }
        }
        ClientOptions options = ClientOptions.defaults()
                .servers(arguments[0])
                .retryDelay(Duration.ofMillis(20))
                .listener(event -> {});
        AtomicBoolean end = endOnStdin();
        System.out.println("started");
        try (Journal journal = new Journal(file)) {
            for (long request : open) {
                exchange(options, journal, request);
            }
            while (!end.get()) {
                journal.note("begin", next, "-");
                exchange(options, journal, next++);
            }
        }
        System.exit(0);
    }

    /** Becomes true when there is a line on stdin. */
    private static AtomicBoolean endOnStdin() {
        AtomicBoolean end = new AtomicBoolean();
        Thread stdin = new Thread(() -> {
            try {
                end.set(System.in.read() >= 0);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        stdin.setDaemon(true);
        stdin.start();
        return end;
    }

    private static void exchange(ClientOptions options, Journal journal, long request) {
        String[] answer = new String[1];
        Restream.createClient(options, (req, res) -> {
                    journal.note("call", request, "-");
                    req.header("request", request);
                    Body.write(req, Body.request(request));
                    req.end();
                    Header header = res.header();
                    answer[0] = header.getString("sha256") + " " + Body.digest(res);
                })
                .completion()
                .join();
        try {
            journal.note("done", request, answer[0]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
