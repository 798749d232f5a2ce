package org.restream.benchmarks.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** CPU time and memory of a process, from the kernel. */
public final class Proc {
    /** The unit in {@code /proc/PID/stat}: USER_HZ, which is 100 on Linux whatever the kernel's own clock is. */
    private static final double TICKS_PER_SECOND = 100;

    private Proc() {}

    /** CPU seconds of all its threads, in user and kernel mode, with a resolution of 10 ms. */
    public static double cpuSeconds(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        // fields 14 and 15, counted from 1; the first two end with the name
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
    }

    /** Like {@link #residentBytes}, when it has stopped changing, or after 3 s. */
    public static long quietResidentBytes(long pid) throws IOException, InterruptedException {
        long last = residentBytes(pid);
        for (int i = 0, same = 0; i < 60 && same < 3; i++) {
            Thread.sleep(50);
            long now = residentBytes(pid);
            same = Math.abs(now - last) < 128 * 1024 ? same + 1 : 0;
            last = now;
        }
        return last;
    }

    /** How many files this process, and what it starts, may have open. */
    public static long openFilesLimit() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/limits")).stream()
                .filter(line -> line.startsWith("Max open files"))
                .mapToLong(line -> Long.parseLong(line.split(" +")[3]))
                .findFirst()
                .orElseThrow();
    }

    /** Resident memory, in bytes. */
    public static long residentBytes(long pid) throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("[^0-9]", "")))
                .findFirst()
                .orElseThrow();
    }
}
