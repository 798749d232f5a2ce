package org.restream.reliability.blackbox;

import java.nio.file.Files;
import java.nio.file.Path;

/** How long a transfer may take, and what its processes are doing when it takes longer. */
final class Bounds {
    private static final long LEAST = 45_000;

    private Bounds() {}

    /** Many times what the transfer needs, in ms. */
    static long of(Plan plan) {
        if (plan.number("bound") > 0) {
            return plan.number("bound");
        }
        long bytes = plan.number("size") * (plan.source() == Source.FILES ? plan.number("files") : 1);
        return LEAST + bytes / 1_000 + 10 * plan.number("late") + 10 * plan.number("then");
    }

    /** What a process is doing, for an investigation. */
    static String where(Process process) {
        long pid = process.pid();
        try {
            Path dump = Files.createTempFile("blackbox-" + pid + "-", ".threads");
            Path jstack = Path.of(System.getProperty("java.home"), "bin", "jstack");
            Programs.shell(
                    "timeout 20 " + Programs.quoted(jstack) + " " + pid + " >" + Programs.quoted(dump) + " 2>&1");
            return "process " + pid + ", its threads are in " + dump;
        } catch (java.io.IOException e) {
            return "process " + pid;
        }
    }
}
