package org.restream.reliability.docs;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.restream.reliability.blackbox.Command;
import org.restream.reliability.blackbox.Programs;

/** One of the hosts, with its user's working folder. It has {@code ./restream}, and {@code restream} on the PATH. */
public final class Host {
    private static final long SEED = 20260131;

    /** Mounts a file as /etc/hosts, for this process only, and executes the rest of the command line. */
    private static final String WITH_NAMES = "mount --bind \"$0\" /etc/hosts && exec \"$@\"";

    private final Path folder;
    private final Path programs;
    private final Path temporary;
    private final Path hosts;
    private final Path java;
    private final UnaryOperator<List<String>> there;

    Host(Path root, Path hosts, Command command, UnaryOperator<List<String>> there) throws IOException {
        this.folder = Files.createDirectories(root.resolve("work"));
        this.programs = Files.createDirectories(root.resolve("programs"));
        this.temporary = Files.createDirectories(root.resolve("tmp"));
        this.hosts = hosts;
        this.java = command.javaHome();
        this.there = there;
        String restream = "exec " + Programs.quoted(command.executable()) + " \"$@\"\n";
        script(folder.resolve("restream"), restream);
        script(programs.resolve("restream"), restream);
    }

    /** A path in its working folder. */
    public Path path(String name) {
        return folder.resolve(name);
    }

    /** The folder of programs that come first on its PATH. */
    public Path programs() {
        return programs;
    }

    /** Starts commands for sh. */
    public Shell start(String commands) throws IOException {
        return start("sh", commands);
    }

    public Shell start(String shell, String commands) throws IOException {
        List<String> line = List.of("unshare", "-m", "sh", "-c", WITH_NAMES, hosts.toString(), shell, "-euc", commands);
        ProcessBuilder builder = new ProcessBuilder(there.apply(line)).directory(folder.toFile());
        Map<String, String> environment = builder.environment();
        environment.put(
                "PATH", String.join(File.pathSeparator, programs.toString(), java + "/bin", environment.get("PATH")));
        environment.put("HOME", folder.toString());
        environment.put("TMPDIR", temporary.toString());
        environment.put("JAVA_HOME", java.toString());
        environment.remove("JAVA_TOOL_OPTIONS");
        return Shell.start(commands, builder, temporary);
    }

    /** Runs commands, which have to end with status 0; returns their output. */
    public String run(String commands) throws Exception {
        return start(commands).endsWith(0).printed();
    }

    /** A file's checksum by sha256sum. */
    public String sum(String file) throws Exception {
        return run("sha256sum < '" + file + "'");
    }

    /** Writes a file with random bytes. */
    public Path write(String name, int size) throws IOException {
        byte[] bytes = new byte[size];
        new Random(SEED).nextBytes(bytes);
        return Files.write(path(name), bytes);
    }

    /** Installs a script as a program on the PATH; it may have an interpreter of its own. */
    public void install(String name, String script) throws IOException {
        script(programs.resolve(name), script);
    }

    private static void script(Path program, String script) throws IOException {
        Files.writeString(program, script.startsWith("#!") ? script : "#!/bin/sh\nset -eu\n" + script);
        if (!program.toFile().setExecutable(true)) {
            throw new IOException(program + " can't be made executable");
        }
    }
}
