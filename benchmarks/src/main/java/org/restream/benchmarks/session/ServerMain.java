package org.restream.benchmarks.session;

import java.nio.file.Path;
import java.util.Map;
import org.restream.benchmarks.peer.Task;
import org.restream.benchmarks.server.Ready;

/** The server process: {@code ServerMain SYSTEM HOST FILE}. */
public final class ServerMain {
    private ServerMain() {}

    public static void main(String... args) throws Exception {
        int port = Systems.serve(args[0], args[1], Path.of(args[2]));
        Ready.serve(Map.of(Task.EXCHANGE, port));
    }
}
