package org.restream.benchmarks.peer;

import java.util.List;

/**
 * One of those that are compared.
 *
 * @param name as in the tables
 * @param protocol what it speaks
 * @param launch makes the command line that starts it, given flags for a JVM
 */
public record Peer(String name, Protocol protocol, Launch launch) {
    /** What a server speaks. */
    public enum Protocol {
        /** The wire of this project. */
        WIRE,
        /** HTTP/1.1, one connection per request. */
        HTTP,
        /** The wire of this project, over TLS, and nothing else. */
        TLS
    }

    /** How it is started. */
    public interface Launch {
        List<String> command(List<String> flags);
    }

    /** Speaks the wire of this project, and is no JVM or a new one. */
    public boolean isWireOnNewest() {
        return protocol == Protocol.WIRE && isNewest();
    }

    /** What is measured on the newest JDK only, since there is time for no more. */
    public boolean isNewest() {
        return !name.endsWith("(17)");
    }

    public List<String> command(List<String> flags) {
        return launch.command(flags);
    }
}
