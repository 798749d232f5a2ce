package org.restream.benchmarks.peer;

import java.util.List;
import java.util.Set;

/**
 * One of those that are compared.
 *
 * @param name as in the tables
 * @param protocol what it speaks
 * @param tasks what it can do, or is asked to
 * @param launch makes the command line that starts it, given flags for a JVM
 */
public record Peer(String name, Protocol protocol, Set<Task> tasks, Launch launch) {
    /** What a server speaks. */
    public enum Protocol {
        /** The wire of this project. */
        WIRE,
        /** HTTP/1.1, one connection per request. */
        HTTP
    }

    /** How it is started. */
    public interface Launch {
        List<String> command(List<String> flags);
    }

    /** Is no JVM, or a new one: on the older one there is time for a part of all only. */
    public boolean isNewest() {
        return !name.endsWith("(17)");
    }

    public boolean isOwnOn17() {
        return name.equals("restream (17)");
    }

    public boolean serves(Task task) {
        return tasks.contains(task);
    }

    public List<String> command(List<String> flags) {
        return launch.command(flags);
    }
}
