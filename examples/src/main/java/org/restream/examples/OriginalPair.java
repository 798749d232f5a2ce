package org.restream.examples;

import java.time.Duration;
import org.restream.ClientOptions;
import org.restream.Restream;
import org.restream.RestreamClient;
import org.restream.RestreamServer;

/**
 * The example of simple-protocol's README of 2013: the server begins to listen only after the client has started. Event
 * style.
 */
public final class OriginalPair {
    private OriginalPair() {}

    /** The argument is a port; the default is 9967. */
    public static void main(String... args) throws Exception {
        int port = args.length > 0 ? Integer.parseInt(args[0]) : Restream.DEFAULT_PORT;
        ClientOptions options =
                ClientOptions.defaults().servers("127.0.0.1:" + port).retryDelay(Duration.ofMillis(50));

        RestreamServer server = Restream.createServer((req, res) -> {
            req.onHeader(header -> System.out.println("SERVER header " + header));
            req.onText(text -> System.out.print("SERVER message " + text));
            req.onEnd(() -> {
                System.out.println("SERVER end");
                res.header("well", "that was fun").end("ok, goodbye, now");
            });
        });

        RestreamClient client = Restream.createClient(options, (req, res) -> {
            res.onHeader(header -> System.out.println("CLIENT header " + header));
            res.onText(text -> System.out.println("CLIENT message " + text));
            res.onEnd(() -> System.out.println("CLIENT end"));

            req.header("hello", "alice").header("this", "is bob");
            req.write("this is body chunks. ");
            req.write(" and it will stream and stream\n");
            req.end("because there is no I in example.\n");
        });

        Thread.sleep(100); // the client has been refused by now, and comes back
        server.listen(port);
        client.completion().join();
        server.close();
    }
}
