package org.restream.reliability.storm;

import java.util.concurrent.ConcurrentLinkedQueue;
import org.restream.Restream;
import org.restream.RestreamServer;
import org.restream.ServerEvent;
import org.restream.ServerOptions;

/**
 * Sends each client the beginning of a feed. For each line on stdin it prints its number of errors. Arguments: host,
 * port.
 */
final class StormServer {
    private StormServer() {}

    public static void main(String[] arguments) throws Exception {
        ConcurrentLinkedQueue<ServerEvent> errors = new ConcurrentLinkedQueue<>();
        ServerOptions options = ServerOptions.defaults()
                .host(arguments[0])
                .port(Integer.parseInt(arguments[1]))
                .listener(event -> {
                    if (event instanceof ServerEvent.Failed
                            || event instanceof ServerEvent.Rejected
                            || event instanceof ServerEvent.AcceptFailed) {
                        errors.add(event);
                    }
                });
        RestreamServer server = Restream.createServer(options, (req, res) -> {
            req.header();
            res.write("f");
            res.flush();
            // the feed never ends
            req.read();
        });
        server.listen();
        System.out.println(server.address().getPort());
        while (System.in.read() >= 0) {
            if (System.in.available() == 0) {
                System.out.println(errors.size() + " " + errors.peek());
            }
        }
    }
}
