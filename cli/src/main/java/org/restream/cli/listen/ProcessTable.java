package org.restream.cli.listen;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A snapshot of all processes, with their parents, groups and sessions. */
final class ProcessTable {
    private static final Path PROC = Path.of("/proc");
    private static final int UNKNOWN = -1;

    private record Entry(long pid, long parent, long group, long session) {}

    private final List<Entry> entries;

    private ProcessTable(List<Entry> entries) {
        this.entries = entries;
    }

    static ProcessTable now() {
        List<Entry> entries = new ArrayList<>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path process : processes) {
                addLinux(process, entries);
            }
        } catch (IOException e) {
            // not Linux
        }
        if (entries.isEmpty()) {
            ProcessHandle.allProcesses()
                    .forEach(process -> entries.add(new Entry(
                            process.pid(),
                            process.parent().map(ProcessHandle::pid).orElse(0L),
                            UNKNOWN,
                            UNKNOWN)));
        }
        return new ProcessTable(entries);
    }

    /** Parses the format of proc(5): pid (name) state parent group session …; the name may contain any character. */
    private static void addLinux(Path process, List<Entry> entries) {
        try {
            String stat = Files.readString(process.resolve("stat"), java.nio.charset.StandardCharsets.ISO_8859_1);
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", 5);
            long pid = Long.parseLong(process.getFileName().toString());
            entries.add(
                    new Entry(pid, Long.parseLong(fields[1]), Long.parseLong(fields[2]), Long.parseLong(fields[3])));
        } catch (IOException e) {
            // it has ended
        }
    }

    /** The leader, the processes of its group and session, and all descendants of these. */
    Set<Long> of(long leader) {
        Set<Long> found = new LinkedHashSet<>();
        int before = -1;
        while (found.size() > before) {
            before = found.size();
            for (Entry entry : entries) {
                if (entry.pid == leader
                        || entry.group == leader
                        || entry.session == leader
                        || found.contains(entry.parent)) {
                    found.add(entry.pid);
                }
            }
        }
        return found;
    }

    /** The processes of its group, which a signal to the group reaches. */
    Set<Long> group(long leader) {
        Set<Long> found = new LinkedHashSet<>();
        entries.stream().filter(entry -> entry.group == leader).forEach(entry -> found.add(entry.pid));
        return found;
    }

    /** Whether the process has that file open; false if the system does not show it. */
    static boolean hasOpen(long pid, Object fileKey) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(PROC.resolve(pid + "/fd"))) {
            for (Path file : files) {
                if (isOf(file, fileKey)) {
                    return true;
                }
            }
        } catch (IOException e) {
            // it has ended, or belongs to another user
        }
        return false;
    }

    private static boolean isOf(Path file, Object fileKey) {
        try {
            return fileKey.equals(
                    Files.readAttributes(file, BasicFileAttributes.class).fileKey());
        } catch (IOException e) {
            // closed meanwhile
            return false;
        }
    }
}
