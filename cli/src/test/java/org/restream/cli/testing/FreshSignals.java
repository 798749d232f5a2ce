package org.restream.cli.testing;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Starts a command with the default handling of all signals. A shell makes its background jobs ignore Ctrl-C, nohup
 * makes them ignore SIGHUP, and children inherit that, down to the process to which a test sends the signal.
 */
public final class FreshSignals {
    /** GNU coreutils have this from 8.31 on. Without it the command is started unchanged. */
    private static final List<String> ENV = List.of("env", "--default-signal");

    private static final boolean HAS_ENV = works();

    private FreshSignals() {}

    /** The command-line prefix. */
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
