package org.restream.examples;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.restream.ClientOptions;
import org.restream.Listener;
import org.restream.Reconnect;
import org.restream.Restream;
import org.restream.RestreamClient;
import org.restream.RestreamServer;

/**
 * An endless feed of numbered lines. After a loss the client reconnects, and continues after the last line that it has
 * received.
 */
public final class Feed {
    private Feed() {}

    /** Returns the line with this number; waits until there is one. */
    interface Source {
        String line(long number) throws Exception;
    }

    /** The argument is a port; the default is 9967. */
    public static void main(String... args) throws IOException {
        int port = args.length > 0 ? Integer.parseInt(args[0]) : Restream.DEFAULT_PORT;
        serve(port, number -> {
            Thread.sleep(1_000);
            return "it is " + Instant.now();
        });
        ClientOptions options = ClientOptions.defaults().servers("127.0.0.1:" + port);
        follow(options.retryDelay(Duration.ofSeconds(1)).jitter(0.2), System.out::println);
    }

    static RestreamServer serve(int port, Source source) throws IOException {
        RestreamServer server = Restream.createServer((req, res) -> {
            Long last = req.header().getLong("last");
            for (long number = last == null ? 1 : last + 1; ; number++) {
                res.write(number + " " + source.line(number) + "\n");
                res.flush();
            }
        });
        return server.listen(port);
    }

    static RestreamClient follow(ClientOptions options, Listener<String> lines) {
        AtomicLong last = new AtomicLong();
        return Restream.createClient(options.reconnect(Reconnect.ALWAYS), (req, res) -> {
            req.header("last", last.get()).end();
            BufferedReader reader = new BufferedReader(new InputStreamReader(res, StandardCharsets.UTF_8));
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.accept(line);
                last.set(Long.parseLong(line.substring(0, line.indexOf(' '))));
            }
        });
    }
}
