package org.restream.reliability.blackbox;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The command restream with one version of Java.
 *
 * @param executable the command
 * @param javaHome the Java that its launcher uses
 * @param version the version of that Java, such as 17
 */
public record Command(Path executable, Path javaHome, String version) {
    /** A command whose Java version is determined by asking that Java. */
    static Command of(Path executable, Path javaHome) throws IOException {
        String said = Programs.errors(javaHome.resolve("bin/java").toString(), "-version");
        String version = said.replaceAll("(?s)^[^\"]*\"([0-9]+).*", "$1");
        return new Command(executable, javaHome, version);
    }

    /**
     * The command line that starts it with the default handling of signals, even if the shell makes background jobs
     * ignore some.
     */
    List<String> line(List<String> arguments) {
        List<String> line = new ArrayList<>(List.of("env", "--default-signal", executable.toString()));
        line.addAll(arguments);
        return line;
    }

    ProcessBuilder builder(List<String> line, Path temporary) {
        ProcessBuilder builder = new ProcessBuilder(line);
        Map<String, String> environment = builder.environment();
        environment.put("JAVA_HOME", javaHome.toString());
        environment.put("TMPDIR", temporary.toString());
        environment.remove("JAVA_TOOL_OPTIONS");
        return builder;
    }
}
