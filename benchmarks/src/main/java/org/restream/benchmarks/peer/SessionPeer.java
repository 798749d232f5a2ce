package org.restream.benchmarks.peer;

import java.util.List;
import java.util.stream.Stream;

/**
 * A system whose client and server are measured together, each a process.
 *
 * @param name the name in the tables
 * @param newest whether it runs on the newest JDK, or on none
 * @param launch returns the command lines of its processes
 */
public record SessionPeer(String name, boolean newest, Launch launch) {
    /** How to start its processes. */
    public interface Launch {
        /**
         * A command line.
         *
         * @param server whether of the server; otherwise of the client
         * @param flags for a JVM
         * @param arguments what either of them needs to know
         */
        List<String> command(boolean server, List<String> flags, List<String> arguments);
    }

    public boolean isOneOf(String... names) {
        return Stream.of(names).anyMatch(name::startsWith);
    }

    /** The server's command line. */
    public List<String> server(List<String> flags, String host) {
        return launch.command(true, flags, List.of(host));
    }

    /** The client's command line. */
    public List<String> client(String host, int port) {
        return launch.command(false, List.of(), List.of(host, "" + port));
    }
}
