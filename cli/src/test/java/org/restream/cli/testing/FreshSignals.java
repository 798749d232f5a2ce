package org.restream.cli.testing;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Starts a command with every signal as it is at first. A shell has its background jobs ignore Ctrl-C, nohup has them ignore
 * a hang-up, and children inherit it, down to the process that a test sends the signal to.
 */
public final class FreshSignals {
    /** Of GNU coreutils, from 8.31 on. Elsewhere the command is started as it is. */
    private static final List<String> ENV = List.of("env", "--default-signal");

    private static final boolean HAS_ENV = works();

    private FreshSignals() {}

    /** What to put before a command. */
    public static List<String> prefix() {
        return HAS_ENV ? ENV : List.of();
    }

    private static boolean works() {
        try {
            Process process = new ProcessBuilder("env", "--default-signal", "true").start();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
