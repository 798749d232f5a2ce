package org.restream.benchmarks.peer;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One of the servers that are compared.
 *
 * @param name the name in the tables
 * @param protocol its protocol
 * @param tasks the tasks that it is measured with
 * @param newest whether it runs on the newest JDK, or on none; on older ones only a part is measured, to save time
 * @param launch returns the command line that starts it, for the given JVM flags
 */
public record Peer(String name, Protocol protocol, Set<Task> tasks, boolean newest, Launch launch) {
    /** The protocol of a server. */
    public enum Protocol {
        /** The format of this project. */
        WIRE,
        /** HTTP/1.1, one connection per request. */
        HTTP
    }

    /** How to start it. */
    public interface Launch {
        List<String> command(List<String> flags);
    }

    /** Whether it is this project. */
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
