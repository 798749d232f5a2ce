package org.restream.benchmarks;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.restream.benchmarks.experiment.Exchanges;
import org.restream.benchmarks.peer.Bodies;
import org.restream.benchmarks.peer.Jdk;
import org.restream.benchmarks.peer.Peers;
import org.restream.benchmarks.process.Servers;
import org.restream.benchmarks.report.TextTable;

/** Measures everything, and prints it. Started by {@code ./benchmarks/compare}. */
public final class Compare {
    private Compare() {}

    public static void main(String... args) throws Exception {
        Settings settings = Settings.parse(args);
        Path file = Home.benchmarks().resolve("target/body");
        Bodies bodies = new Bodies(settings.scaled(4L << 30, 64L << 20), file);
        bodies.write();
        List<Jdk> jdks =
                Stream.of(Jdk.find(25), Jdk.find(17)).flatMap(Optional::stream).toList();
        Peers peers = new Peers(bodies, jdks);
        try (Servers servers = new Servers()) {
            List<Experiment> experiments = List.of(
                    new Exchanges(settings, peers, servers, 1),
                    new Exchanges(settings, peers, servers, 64),
                    new Exchanges(settings, peers, servers, 1_024));
            Rounds rounds = new Rounds(settings.rounds());
            for (Experiment experiment : experiments) {
                if (settings.wants(experiment)) {
                    System.out.println("\n## " + experiment.title() + "\n");
                    System.out.println(TextTable.of(rounds.run(experiment)));
                }
                experiment.close();
            }
        }
    }
}
