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

/** Small programs of the system. */
public final class Programs {
    private Programs() {}

    public static boolean has(String name) {
        return !find(name).isEmpty();
    }

    /** Its path, also where only an administrator's path has it; empty if it is not here. */
    static String find(String name) {
        return Arrays.stream((System.getenv("PATH") + ":/usr/sbin:/sbin").split(File.pathSeparator))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst()
                .map(Path::toString)
                .orElse("");
    }

    /** What a shell's command prints. */
    static String shell(String command) {
        return out(List.of("sh", "-c", command), false);
    }

    /** What it prints, with its errors. */
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

    /** Sends a signal, by its name, to one that may have gone. */
    static void signal(String name, ProcessHandle process) {
        if (process.isAlive()) {
            shell("kill -" + name + " " + process.pid());
        }
    }

    /** A word of a shell's command. */
    public static String quoted(Object text) {
        return "'" + text.toString().replace("'", "'\\''") + "'";
    }
}
