package org.restream.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;

@Command(
        name = "demo",
        description = "A server and a client in one process tell each other something, and you see it.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class DemoCommand implements Callable<Integer> {
    @Override
    public Integer call() throws Exception {
        Demo.run(System.out);
        return ExitCode.OK;
    }
}
