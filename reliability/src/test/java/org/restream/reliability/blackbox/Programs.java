package org.restream.reliability.blackbox;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Runs small programs of the system. */
public final class Programs {
    private Programs() {}

    public static boolean has(String name) {
        return !find(name).isEmpty();
    }

    /** The program's path, also if it is only on an administrator's PATH; empty if it is not installed. */
    static String find(String name) {
        return Arrays.stream((System.getenv("PATH") + ":/usr/sbin:/sbin").split(File.pathSeparator))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst()
                .map(Path::toString)
                .orElse("");
    }

    /** The output of a shell command. */
    static String shell(String command) {
        return out(List.of("sh", "-c", command), false);
    }

    /** The output of a command, including stderr. */
    static String errors(String... line) {
        return out(List.of(line), true);
    }

    private static String out(List<String> line, boolean withErrors) {
        ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(withErrors);
        if (!withErrors) {
            builder.redirectError(Redirect.DISCARD);
        }
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor();
            return out.strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Sends a signal by its name to a process that may have ended. */
    static void signal(String name, ProcessHandle process) {
        if (process.isAlive()) {
            shell("kill -" + name + " " + process.pid());
        }
    }

    /** The text as a quoted word for a shell. */
    public static String quoted(Object text) {
        return "'" + text.toString().replace("'", "'\\''") + "'";
    }
}
