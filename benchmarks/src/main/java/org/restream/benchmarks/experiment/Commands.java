package org.restream.benchmarks.experiment;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.restream.benchmarks.Experiment;
import org.restream.benchmarks.Home;
import org.restream.benchmarks.Metric;
import org.restream.benchmarks.Settings;
import org.restream.benchmarks.peer.Jdk;
import org.restream.benchmarks.peer.Peer;
import org.restream.benchmarks.peer.Task;
import org.restream.benchmarks.process.Child;
import org.restream.benchmarks.process.Load;
import org.restream.benchmarks.process.Servers;

/** A command that sends a small file, from its start to its exit; the server is the baseline's. */
public final class Commands implements Experiment {
    private static final String PORT = "{port}";

    /** The header of an exchange and the file, for commands that don't know headers. */
    private final Path message = Home.benchmarks().resolve("target/message");

    private final Path file = Home.benchmarks().resolve("target/small.txt");
    private final Settings settings;
    private final Servers servers;
    private final Peer floor;
    private final Map<String, List<String>> commands = new LinkedHashMap<>();

    public Commands(Settings settings, List<Jdk> jdks, Servers servers, Peer floor) throws IOException {
        this.settings = settings;
        this.servers = servers;
        this.floor = floor;
        Files.writeString(file, "nineteen characters\n".repeat(50));
        Files.writeString(message, "{\"name\":\"small.txt\",\"size\":1000}\n\n" + Files.readString(file));
        for (Jdk jdk : jdks) {
            add(
                    "restream send (" + jdk.version() + ")",
                    "env",
                    "JAVA_HOME=" + jdk.home(),
                    Home.benchmarks().resolve("target/command/bin/restream").toString(),
                    "send",
                    "-s",
                    "127.0.0.1:" + PORT,
                    file.toString());
        }
        add("Node", "node", Home.benchmarks().resolve("src/main/node/send.js").toString(), PORT, file.toString());
        add("ncat", "ncat", "127.0.0.1", PORT);
        add("socat", "socat", "-", "TCP:127.0.0.1:" + PORT);
        add("nc", "nc", "-N", "127.0.0.1", PORT);
    }

    private void add(String entrant, String... command) {
        boolean found = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, command[0])));
        if (found) {
            commands.put(entrant, List.of(command));
        } else {
            System.err.println(
                    command[0] + " is not here, and so not compared (Debian: netcat-openbsd, ncat, socat, nodejs)");
        }
    }

    @Override
    public String id() {
        return "command";
    }

    @Override
    public String title() {
        return "The command: a file of 1,000 bytes sent, from start to exit";
    }

    @Override
    public List<Metric> metrics() {
        return List.of(Metric.less("ms", 1), Metric.less("CPU ms", 1));
    }

    @Override
    public List<String> entrants() {
        return List.copyOf(commands.keySet());
    }

    @Override
    public void warmUp(String entrant) throws Exception {
        run(entrant, 1);
    }

    @Override
    public double[] measure(String entrant) throws Exception {
        return run(entrant, settings.scaled(3, 1));
    }

    private double[] run(String entrant, long times) throws Exception {
        String port = "" + servers.of(floor).port(Task.EXCHANGE);
        List<String> command = new ArrayList<>(List.of(Home.binary("run"), "" + times, message.toString()));
        commands.getOrDefault(entrant, List.of()).forEach(word -> command.add(word.replace(PORT, port)));
        try (Child run = new Child(command)) {
            Map<String, Double> took = Load.parse(run.finish());
            return new double[] {took.get("wall_ms"), took.get("cpu_ms")};
        }
    }
}
