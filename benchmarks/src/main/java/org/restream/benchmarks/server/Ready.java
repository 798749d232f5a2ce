package org.restream.benchmarks.server;

import java.io.IOException;
import java.util.Map;
import java.util.stream.Collectors;
import org.restream.benchmarks.peer.Task;

/** How a server in Java says that it listens, and learns that it is to end. */
public final class Ready {
    private Ready() {}

    public static void serve(Map<Task, Integer> ports) throws IOException {
        System.out.println(ports.entrySet().stream()
                .map(port -> port.getKey().word() + "=" + port.getValue())
                .collect(Collectors.joining(" ", "READY ", "")));
        while (System.in.read() >= 0) {
            // nobody says anything
        }
        // whatever threads there are
        Runtime.getRuntime().halt(0);
    }
}
