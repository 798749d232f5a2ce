package org.restream.benchmarks.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the kernel says about a process. */
public final class Proc {
    /** Of {@code /proc/PID/stat}: USER_HZ, which is 100 on Linux whatever the kernel's own clock is. */
    private static final double TICKS_PER_SECOND = 100;

    private Proc() {}

    /** Seconds of CPU time, of all its threads and in the kernel too, to 10 ms. */
    public static double cpuSeconds(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        // fields 14 and 15, counted from 1, with two before the name's end
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
    }

    /** As {@link #residentBytes}, once it has stopped changing, or after 3 s. */
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

    /** Resident memory, in bytes. */
    public static long residentBytes(long pid) throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("[^0-9]", "")))
                .findFirst()
                .orElseThrow();
    }
}
