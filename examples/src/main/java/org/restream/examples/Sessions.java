package org.restream.examples;

import java.io.IOException;
import org.restream.ClientOptions;
import org.restream.Restream;
import org.restream.RestreamServer;
import org.restream.RestreamSession;
import org.restream.ServerOptions;
import org.restream.SessionLimits;

/** Several exchanges over one session, which survives the loss of its connection. */
public final class Sessions {
    private Sessions() {}

    /** The argument is a port; the default is 9967, as for servers and clients. */
    public static void main(String... args) throws IOException, InterruptedException {
        int port = args.length > 0 ? Integer.parseInt(args[0]) : 9967;

        ServerOptions options = ServerOptions.defaults().port(port).sessions(SessionLimits.defaults());
        RestreamServer server = Restream.createServer(options, (req, res) -> res.end(req.readText() + "!"));
        server.listen();

        ClientOptions where = ClientOptions.defaults().servers("127.0.0.1:" + port);
        try (RestreamSession session = Restream.createSession(where)) {
            for (String word : "one two three".split(" ")) {
                String answer = session.exchange((req, res) -> {
                    req.end(word);
                    return res.readText();
                });
                System.out.println(answer);
            }
        }
        server.close();
    }
}
