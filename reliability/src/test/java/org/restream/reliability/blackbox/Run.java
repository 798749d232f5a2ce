package org.restream.reliability.blackbox;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.LongFunction;

/** Runs many transfers, in several lanes at a time. */
final class Run {
    private final List<Command> commands;
    private final Path folder;
    private final PrintStream log;
    private final Tally tally = new Tally();
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
    private final Set<String> shrunk = ConcurrentHashMap.newKeySet();

    Run(List<Command> commands, Path folder, PrintStream log) {
        this.commands = commands;
        this.folder = folder;
        this.log = log;
    }

    /**
     * Runs the transfers.
     *
     * @param next is asked before each transfer whether to run another
     * @param plans returns the plan for a number, counted from 0
     * @param shrinkMillis how long to look for a smaller plan after a failure
     */
    void go(int lanes, BooleanSupplier next, LongFunction<Plan> plans, long shrinkMillis) throws Exception {
        AtomicLong count = new AtomicLong();
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (int i = 0; i < lanes; i++) {
            int number = i;
            all.add(Later.after(0, () -> {
                try (Lane lane = new Lane(commands, folder.resolve("lane" + number), number)) {
                    while (next.getAsBoolean()) {
                        one(lane, plans.apply(count.getAndIncrement()), shrinkMillis);
                    }
                }
            }));
        }
        for (CompletableFuture<Void> each : all) {
            each.get();
        }
        Logs.delete(folder);
    }

    private void one(Lane lane, Plan plan, long shrinkMillis) throws Exception {
        long start = System.nanoTime();
        Verdict verdict = Transfer.judge(plan, lane, tally);
        tally.add(plan, verdict);
        log.println(verdict + " [" + (System.nanoTime() - start) / 1_000_000 + " ms] " + plan);
        if (verdict.isWrong()) {
            // once for each kind of failure
            boolean shrinks = shrinkMillis > 0
                    && verdict.rule() != null
                    && shrunk.add(plan.text("family") + " " + verdict.rule());
            Plan smallest = shrinks ? new Shrinker(lane, verdict.rule(), shrinkMillis).shrink(plan) : plan;
            String report = verdict + "\n    plan: " + plan + (smallest == plan ? "" : "\n    smaller: " + smallest);
            wrong.add(report);
            log.println("  " + report);
        }
    }

    Tally tally() {
        return tally;
    }

    /** The failures, with their plans. */
    List<String> wrong() {
        return List.copyOf(wrong);
    }
}
