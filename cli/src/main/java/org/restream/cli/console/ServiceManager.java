package org.restream.cli.console;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The service manager, systemd, where it has started this command as a service of {@code Type=notify}: it waits for a
 * report that the service is ready. It listens at a local datagram socket, which the JDK can't write to, so systemd's
 * own program reports.
 */
public final class ServiceManager {
    private static final String SOCKET = "NOTIFY_SOCKET";
    private static final String PROGRAM = "systemd-notify";
    private static final long MOST_SECONDS = 5;

    private ServiceManager() {}

    /**
     * Reports that this process is ready, if a service manager waits for that.
     *
     * @param warning gets the reason if that failed: the service manager then stops this process some time later
     */
    public static void ready(Consumer<String> warning) throws InterruptedException {
        ready(System.getenv(), PROGRAM, warning);
    }

    static void ready(Map<String, String> environment, String program, Consumer<String> warning)
            throws InterruptedException {
        if (environment.getOrDefault(SOCKET, "").isEmpty()) {
            return;
        }
        try {
            Process process = new ProcessBuilder(program, "--ready")
                    .redirectOutput(Redirect.DISCARD)
                    .redirectError(Redirect.DISCARD)
                    .start();
            if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                warning.accept(failed(program + " has not ended within " + MOST_SECONDS + " s"));
            } else if (process.exitValue() != 0) {
                warning.accept(failed(program + " ended with status " + process.exitValue()));
            }
        } catch (IOException e) {
            warning.accept(failed(String.valueOf(e.getMessage())));
        }
    }

    private static String failed(String why) {
        return "can't report to the service manager that this server listens: " + why;
    }

    /** Removes what a process needs to report: those that this command starts are not the service. */
    public static void hide(Map<String, String> environment) {
        environment.remove(SOCKET);
    }
}
