package org.restream.reliability.blackbox;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/** The program behind ./reliability/transfers. */
public final class Transfers {
    private Transfers() {}

    /**
     * Runs transfers, and reports the failures.
     *
     * @param arguments {@code command=FILE}; {@code java=HOME:HOME…}; {@code for=COUNT} or {@code for=SECONDSs};
     *     {@code seed=FIRST}; {@code plan=TEXT}; {@code lanes=N}; {@code shrink=SECONDS}; {@code log=FILE}
     */
    public static void main(String... arguments) throws Exception {
        Map<String, String> options = new HashMap<>();
        for (String argument : arguments) {
            String[] pair = argument.split("=", 2);
            options.put(pair[0], pair[1]);
        }
        List<Command> commands = new ArrayList<>();
        for (String home : options.get("java").split(":")) {
            commands.add(Command.of(Path.of(options.get("command")), Path.of(home)));
        }
        long first = Long.parseLong(options.getOrDefault("seed", "1"));
        String fixed = options.getOrDefault("plan", "");
        Path log = Path.of(options.get("log"));
        Files.createDirectories(log.getParent());
        System.out.println("transfers: seed " + first + ", by Java "
                + commands.stream().map(Command::version).toList() + "; each one is in " + log);
        try (PrintStream out = new PrintStream(Files.newOutputStream(log), true)) {
            Run run = new Run(commands, Files.createTempDirectory("blackbox-"), out);
            run.go(
                    Integer.parseInt(options.getOrDefault("lanes", "2")),
                    bound(options.getOrDefault("for", "600s")),
                    number -> fixed.isEmpty() ? plan(first + number, commands) : Plan.parse(fixed),
                    1_000 * Long.parseLong(options.getOrDefault("shrink", "60")));
            run.wrong().forEach(report -> System.out.println("WRONG " + report));
            System.out.println(run.tally().table() + run.tally().sum());
            System.exit(run.wrong().isEmpty() ? 0 : 1);
        }
    }

    /** The plan for a seed; sender and receiver use all Java versions in turn. */
    static Plan plan(long seed, List<Command> commands) {
        Draw draw = new Draw(~seed);
        String[] versions = commands.stream().map(Command::version).toArray(String[]::new);
        return Family.plan(seed).with("jdk", draw.of(versions)).with("peer", draw.of(versions));
    }

    private static BooleanSupplier bound(String text) {
        if (text.endsWith("s")) {
            long until = System.nanoTime() + Long.parseLong(text.substring(0, text.length() - 1)) * 1_000_000_000;
            return () -> System.nanoTime() < until;
        }
        AtomicLong left = new AtomicLong(Long.parseLong(text));
        return () -> left.getAndDecrement() > 0;
    }
}
