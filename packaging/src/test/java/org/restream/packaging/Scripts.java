package org.restream.packaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Runs programs, with what they print on both streams. */
final class Scripts {
    /** The module's folder. */
    static final Path PACKAGING = Path.of(System.getProperty("basedir", ".")).toAbsolutePath();

    private Scripts() {}

    record Ran(int status, String said) {}

    static Ran run(Path folder, Map<String, String> environment, String... command) throws Exception {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        return new Ran(process.waitFor(), said);
    }

    /** Runs a program that has to end with status 0. */
    static String succeed(Path folder, String... command) throws Exception {
        Ran ran = run(folder, Map.of(), command);
        assertThat(ran.status()).as("%s says %s", List.of(command), ran.said()).isZero();
        return ran.said();
    }
}
