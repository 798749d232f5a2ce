package org.restream.benchmarks.peer;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One of those that are compared.
 *
 * @param name as in the tables
 * @param protocol what it speaks
 * @param tasks what it can do, or is asked to
 * @param newest whether it runs on the newest JDK, or on none: on older ones there is time for a part of all only
 * @param launch makes the command line that starts it, given flags for a JVM
 */
public record Peer(String name, Protocol protocol, Set<Task> tasks, boolean newest, Launch launch) {
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

    /** This project. */
    public boolean isOwn() {
        return name.startsWith("restream ");
    }

    public boolean isOneOf(String... names) {
        return Stream.of(names).anyMatch(name::startsWith);
    }

    public boolean serves(Task task) {
        return tasks.contains(task);
    }

    public List<String> command(List<String> flags) {
        return launch.command(flags);
    }
}
