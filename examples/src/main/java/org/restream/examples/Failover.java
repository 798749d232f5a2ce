package org.restream.examples;

import java.time.Duration;
import org.restream.ClientOptions;
import org.restream.Restream;
import org.restream.RestreamServer;

/** A client with two servers, of which the first one is down. Its events show how it fails over to the second one. */
public final class Failover {
    private Failover() {}

    /** The argument is the address of a server that is down; this program runs the other one. */
    public static void main(String... args) throws Exception {
        String dead = args.length > 0 ? args[0] : "127.0.0.1:1";
        try (RestreamServer server =
                Restream.createServer((req, res) -> res.end("you found me")).listen(0)) {
            String alive = "127.0.0.1:" + server.address().getPort();

            ClientOptions options = ClientOptions.defaults()
                    .servers(dead, alive)
                    .retryDelay(Duration.ofMillis(100))
                    .listener(System.out::println);

            Restream.createClient(options, (req, res) -> {
                        req.end("is anybody there?");
                        System.out.println("the answer: " + res.readText());
                    })
                    .completion()
                    .join();
        }
    }
}
