package org.restream.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.restream.testing.ReservedPort;

/** Runs the shell commands in docs/tls.md, one block after the other as a reader would, but at a free port. */
class TlsDocTest {
    private static final Pattern BLOCK = Pattern.compile("(?m)(?:^<!-- (.*) -->\\n)?^```sh\\n((?s:.*?))^```$");
    private static final String DOCUMENTED_PORT = "9967";

    /** A comment before a block that runs in the background while the next ones run. */
    private static final String BACKGROUND = "in the background";

    /** A comment before a block, after which the one in the background prints this. */
    private static final String THEN = "then: ";

    @TempDir
    Path folder;

    @TempDir
    Path path;

    private final StringBuilder setVariables = new StringBuilder();
    private final List<Process> background = new ArrayList<>();
    private ReservedPort port;

    @BeforeEach
    void prepare() throws IOException {
        assumeTrue(isThere("openssl"), "there is no \"openssl\" on the PATH");
        Path command = Files.writeString(
                path.resolve("restream"),
                "#!/bin/sh\nexec '" + Path.of(System.getProperty("java.home"), "bin", "java")
                        + "' -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp '" + System.getProperty("java.class.path")
                        + "' org.restream.cli.Main \"$@\"\n");
        Files.setPosixFilePermissions(command, PosixFilePermissions.fromString("rwx------"));
        port = new ReservedPort();
    }

    private static boolean isThere(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    @AfterEach
    void end() throws Exception {
        if (port != null) {
            port.close();
        }
        for (Process process : background) {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
            process.waitFor();
        }
    }

    @Test
    void its_commands_work_in_their_order() throws Exception {
        Matcher blocks = BLOCK.matcher(Files.readString(Path.of("..", "docs", "tls.md")));
        int count = 0;
        while (blocks.find()) {
            count++;
            String comment = blocks.group(1) == null ? "" : blocks.group(1);
            String commands = blocks.group(2).replace(DOCUMENTED_PORT, Integer.toString(port.number()));
            if (comment.equals(BACKGROUND)) {
                background.add(start(commands, "server"));
                Awaitility.await()
                        .atMost(Duration.ofSeconds(30))
                        .until(() -> said("server").contains("listening"));
                continue;
            }
            String before = said("server");
            Process process = start(commands, "block-" + count);
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).as(commands).isTrue();
            assertThat(process.exitValue())
                    .as("%s%nsaid: %s", commands, said("block-" + count))
                    .isZero();
            if (comment.startsWith(THEN)) {
                String says = comment.substring(THEN.length());
                Awaitility.await()
                        .atMost(Duration.ofSeconds(30))
                        .until(() -> said("server").substring(before.length()).contains(says));
            }
            commands.lines()
                    .filter(line -> line.startsWith("export "))
                    .forEach(line -> setVariables.append(line).append('\n'));
        }
        assertThat(count).isGreaterThan(10);
    }

    private Process start(String commands, String name) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("sh", "-euc", setVariables + commands)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(path.resolve(name).toFile());
        Map<String, String> environment = builder.environment();
        environment.put("PATH", path + File.pathSeparator + environment.get("PATH"));
        return builder.start();
    }

    private String said(String name) throws IOException {
        Path file = path.resolve(name);
        return Files.exists(file) ? Files.readString(file) : "";
    }
}
