package org.restream.examples;

import java.io.IOException;
import org.restream.ClientOptions;
import org.restream.Restream;
import org.restream.RestreamClient;
import org.restream.RestreamServer;

/** A server that counts lines, and a client that uses it. Stream style. */
public final class Hello {
    private Hello() {}

    /** The argument is a port; the default is 9967, as for servers and clients. */
    public static void main(String... args) throws IOException {
        int port = args.length > 0 ? Integer.parseInt(args[0]) : 9967;

        RestreamServer server = Restream.createServer((req, res) -> {
            long lines = req.lines().count();
            res.header("title", req.header().get("title")).end(lines + " lines");
        });
        server.listen(port);

        ClientOptions options = ClientOptions.defaults().servers("127.0.0.1:" + port);
        RestreamClient client = Restream.createClient(options, (req, res) -> {
            req.header("title", "pond").end("an old silent pond\na frog jumps into the pond\nsplash\n");
            System.out.println(res.header() + " " + res.readText());
        });
        client.completion().join(); // however often it has to reconnect
        server.close();
    }
}
