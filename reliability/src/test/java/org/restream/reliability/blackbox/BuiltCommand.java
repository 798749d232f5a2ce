package org.restream.reliability.blackbox;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The command that this build has made. */
public final class BuiltCommand {
    private BuiltCommand() {}

    /** Installs it with its launcher if it was packaged; otherwise with a class path, as for {@code mvn test}. */
    public static Command install(Path folder) throws Exception {
        Path home = Path.of(System.getProperty("java.home"));
        Path classes = Path.of(Class.forName("org.restream.cli.Main")
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        Path executable = Files.createDirectories(folder.resolve("bin")).resolve("restream");
        if (Files.isDirectory(classes)) {
            Files.writeString(
                    executable,
                    "#!/bin/sh\nexec \"$JAVA_HOME/bin/java\" -XX:TieredStopAtLevel=1 " + "-XX:+UseSerialGC -cp "
                            + Programs.quoted(classPath()) + " org.restream.cli.Main \"$@\"\n");
        } else {
            Path cli = Path.of(System.getProperty("basedir", "."), "..", "cli");
            Files.copy(cli.resolve("src/main/dist/bin/restream"), executable);
            copy(classes.getParent(), folder.resolve("lib"));
        }
        if (!executable.toFile().setExecutable(true)) {
            throw new IOException(executable + " can't be made executable");
        }
        Command command = Command.of(executable, home);
        archive(command, folder);
        return command;
    }

    private static String classPath() {
        return String.join(
                File.pathSeparator,
                Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                        .map(each -> Path.of(each).toAbsolutePath().toString())
                        .toList());
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path each : files.toList()) {
                Files.copy(each, to.resolve(from.relativize(each).toString()));
            }
        }
    }

    /** Makes the class archive, with which the command starts faster. */
    private static void archive(Command command, Path folder) throws IOException, InterruptedException {
        ProcessBuilder builder = command.builder(List.of(command.executable().toString()), folder);
        builder.environment().put("RESTREAM_LAUNCHER", "archive");
        Process process = builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        process.getOutputStream().close();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
