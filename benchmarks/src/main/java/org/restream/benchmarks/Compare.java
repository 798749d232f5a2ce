package org.restream.benchmarks;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.restream.benchmarks.peer.Bodies;
import org.restream.benchmarks.peer.Jdk;
import org.restream.benchmarks.peer.Peers;
import org.restream.benchmarks.process.Clients;
import org.restream.benchmarks.process.Servers;
import org.restream.benchmarks.report.Report;
import org.restream.benchmarks.report.TextTable;

/** Runs all measurements and prints the results. {@code ./benchmarks/compare} starts it. */
public final class Compare {
    private Compare() {}

    public static void main(String... args) throws Exception {
        long start = System.nanoTime();
        Settings settings = Settings.parse(args);
        List<Jdk> jdks = settings.quick() ? List.of(Jdk.own()) : Jdk.newestAndOldest();
        Path target = Home.benchmarks().resolve("target");
        Bodies bodies =
                new Bodies(settings.scaled(4L << 30, 16L << 20), target.resolve("body"), target.resolve("keys.p12"));
        bodies.write();
        Bodies smaller =
                new Bodies(settings.scaled(1L << 30, 16L << 20), target.resolve("session-body"), bodies.keys());
        smaller.write();
        Map<String, Results> results = new LinkedHashMap<>();
        Rounds rounds = new Rounds(settings.rounds());
        try (Servers servers = new Servers();
                Clients clients = new Clients();
                SessionPlan sessions = new SessionPlan()) {
            Peers peers = new Peers(bodies, jdks);
            List<Experiment> plan = new ArrayList<>(Plan.of(settings, bodies, peers, servers));
            plan.addAll(ClientPlan.of(settings, jdks, peers.named(Peers.FLOOR), servers, clients));
            plan.addAll(sessions.of(settings, smaller, jdks));
            for (Experiment experiment : plan) {
                if (settings.wants(experiment) && experiment.isPossible()) {
                    System.out.println("\n## " + experiment.title() + "\n");
                    long began = System.nanoTime();
                    Results found = rounds.run(experiment);
                    results.put(experiment.id(), found);
                    System.out.println(TextTable.of(found));
                    System.out.printf("It took %d s.%n", (System.nanoTime() - began) / 1_000_000_000);
                }
                experiment.close();
            }
        }
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        System.out.printf("All of it took %d min %d s.%n", took.toMinutes(), took.toSecondsPart());
        if (settings.isWritten()) {
            Report.write(results, jdks, settings, took);
        }
    }
}
