package org.restream.reliability.blackbox;

import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/** Counts verdicts, by family. */
final class Tally {
    private final Map<Family, Map<Verdict.Kind, Integer>> verdicts = new EnumMap<>(Family.class);
    private final Map<String, Integer> sources = new TreeMap<>();
    private final Map<String, Integer> sinks = new TreeMap<>();
    private final Map<String, Integer> javas = new TreeMap<>();
    private int retried;
    private long bytes;

    synchronized void saw(Outcome outcome) {
        retried += outcome.retries() > 0 ? 1 : 0;
        bytes += outcome.parts().stream().mapToLong(Part::size).sum();
        sources.merge(outcome.plan().text("source"), 1, Integer::sum);
        sinks.merge(outcome.plan().text("sink"), 1, Integer::sum);
        javas.merge(outcome.plan().text("jdk") + " to " + outcome.plan().text("peer"), 1, Integer::sum);
    }

    synchronized void add(Plan plan, Verdict verdict) {
        Family family = Names.parse(Family.class, plan.text("family"));
        verdicts.computeIfAbsent(family, any -> new EnumMap<>(Verdict.Kind.class))
                .merge(verdict.kind(), 1, Integer::sum);
    }

    synchronized int count(Verdict.Kind kind) {
        return verdicts.values().stream()
                .mapToInt(each -> each.getOrDefault(kind, 0))
                .sum();
    }

    synchronized int judged() {
        return count(Verdict.Kind.RIGHT)
                + count(Verdict.Kind.UNSEEN)
                + count(Verdict.Kind.WRONG)
                + count(Verdict.Kind.HUNG);
    }

    /** The totals in one line. */
    synchronized String sum() {
        return judged() + " transfers judged, " + count(Verdict.Kind.WRONG) + " wrong, " + count(Verdict.Kind.HUNG)
                + " hung; " + retried + " had to be sent again, " + count(Verdict.Kind.UNSEEN)
                + " were cut by an end that plain TCP can't tell from a real one, " + count(Verdict.Kind.SKIPPED)
                + " skipped, " + count(Verdict.Kind.FAILED) + " not done; " + bytes / 1_000_000 + " MB";
    }

    /** A table with each family. */
    synchronized String table() {
        StringBuilder table = new StringBuilder();
        verdicts.forEach((family, counts) -> {
            StringBuilder line = new StringBuilder();
            counts.forEach(
                    (kind, count) -> line.append(", ").append(count).append(' ').append(Names.of(kind)));
            table.append("  ")
                    .append(Names.of(family))
                    .append(": ")
                    .append(line.substring(2))
                    .append('\n');
        });
        return table + "  by source: " + sources + "\n  by receiver: " + sinks + "\n  by Java: " + javas + "\n";
    }
}
