package org.restream.cli.demo;

import java.io.PrintStream;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.restream.cli.command.Version;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "demo",
        description = "Runs a server and a client in one process, and prints what they exchange.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
public final class DemoCommand implements Callable<Integer> {
    /** The demo itself; a test replaces it. */
    @FunctionalInterface
    interface Show {
        void run(PrintStream out) throws Exception;
    }

    private final Show show;

    @Spec
    private CommandSpec spec;

    public DemoCommand() {
        this(Demo::run);
    }

    DemoCommand(Show show) {
        this.show = show;
    }

    @Override
    public Integer call() {
        try {
            show.run(System.out);
            return ExitCode.OK;
        } catch (Exception e) {
            spec.commandLine().getErr().println("restream demo: " + oneLine(e));
            return ExitCode.SOFTWARE;
        }
    }

    private static String oneLine(Exception failure) {
        if (failure instanceof TimeoutException) {
            return "the server and the client did not finish in time";
        }
        Throwable cause =
                failure instanceof ExecutionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause.toString().lines().findFirst().orElse("");
    }
}
