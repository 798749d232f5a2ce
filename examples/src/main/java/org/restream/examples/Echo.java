package org.restream.examples;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.restream.ClientOptions;
import org.restream.Restream;
import org.restream.RestreamServer;

/** An echo server in one line, and a client that uses it. Stream style. */
public final class Echo {
    private Echo() {}

    /** The argument is a port; without it any free port is used. */
    public static void main(String... args) throws Exception {
        int port = args.length > 0 ? Integer.parseInt(args[0]) : 0;
        try (RestreamServer server = serve(port)) {
            System.out.println(say("127.0.0.1:" + server.address().getPort(), "Is anybody there?"));
        }
    }

    static RestreamServer serve(int port) throws IOException {
        return Restream.createServer((req, res) -> req.transferTo(res)).listen(port);
    }

    /** Sends a text, and returns the answer. */
    static String say(String server, String text) {
        CompletableFuture<String> answer = new CompletableFuture<>();
        Restream.createClient(ClientOptions.defaults().servers(server), (req, res) -> {
                    req.end(text);
                    answer.complete(res.readText());
                })
                .completion()
                .join();
        return answer.join();
    }
}
