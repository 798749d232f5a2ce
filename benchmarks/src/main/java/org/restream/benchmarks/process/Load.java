package org.restream.benchmarks.process;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.restream.benchmarks.Home;
import org.restream.benchmarks.peer.Peer;
import org.restream.benchmarks.peer.Task;

/** One run of the load generator: what it measured, by name. See {@code load.c}. */
public record Load(Map<String, Double> values) {
    /**
     * Throws if any answer was wrong in any byte.
     *
     * @param options as on a command line, a format for the values
     */
    public static Load run(Server server, Task task, String options, Object... values)
            throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of(Home.binary("load"), "-p", "" + server.port(task), "-P", "" + server.pid()));
        if (server.peer().protocol() == Peer.Protocol.HTTP) {
            command.addAll(List.of("-H", "/" + task.word()));
        }
        command.addAll(List.of(String.format(options, values).split(" ")));
        return of(server.peer().name(), command);
    }

    /** As {@link #run}, of any program that says what the load generator does. */
    public static Load of(String entrant, List<String> command) throws IOException, InterruptedException {
        try (Child load = new Child(command)) {
            return new Load(parse(load.finish()));
        } catch (IOException e) {
            throw new IOException(entrant + ": " + e.getMessage(), e);
        }
    }

    public double get(String name) {
        Double value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the load generator does not say " + name + ", but " + values);
        }
        return value;
    }

    /** What a process says, once it does, after a word. */
    public static Load said(Child child, String word) throws IOException {
        return new Load(parse(child.line(word).substring(word.length())));
    }

    /** Of {@code name=value name=value}. */
    public static Map<String, Double> parse(String line) {
        Map<String, Double> values = new TreeMap<>();
        for (String word : line.strip().split(" ")) {
            int equals = word.indexOf('=');
            values.put(word.substring(0, equals), Double.valueOf(word.substring(equals + 1)));
        }
        return values;
    }
}
