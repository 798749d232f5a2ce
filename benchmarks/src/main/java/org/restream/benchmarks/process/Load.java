package org.restream.benchmarks.process;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.restream.benchmarks.Home;
import org.restream.benchmarks.peer.Peer;
import org.restream.benchmarks.peer.Task;

/** The results of a run of the load generator, by name. See {@code load.c}. */
public record Load(Map<String, Double> values) {
    /**
     * Runs the load generator. Throws if any byte of an answer is wrong.
     *
     * @param options command-line options, as a format string for the values
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

    /** Like {@link #run}, for any program with the same output. */
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

    /** Waits for the line of a process that begins with a word, and returns its values. */
    public static Load said(Child child, String word) throws IOException {
        return new Load(parse(child.line(word).substring(word.length())));
    }

    /** Parses {@code name=value name=value}. */
    public static Map<String, Double> parse(String line) {
        Map<String, Double> values = new TreeMap<>();
        for (String word : line.strip().split(" ")) {
            int equals = word.indexOf('=');
            values.put(word.substring(0, equals), Double.valueOf(word.substring(equals + 1)));
        }
        return values;
    }
}
