package org.restream.benchmarks.server;

import java.io.IOException;
import java.util.Map;
import java.util.stream.Collectors;
import org.restream.benchmarks.peer.Task;

/** Reports that a server in Java is listening, and waits until it has to end. */
public final class Ready {
    private Ready() {}

    public static void serve(Map<Task, Integer> ports) throws IOException {
        System.out.println(ports.entrySet().stream()
                .map(port -> port.getKey().word() + "=" + port.getValue())
                .collect(Collectors.joining(" ", "READY ", "")));
        while (System.in.read() >= 0) {
            // ignore any input
        }
        // whatever threads are running
        Runtime.getRuntime().halt(0);
    }
}
