package org.restream.benchmarks.report;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.restream.benchmarks.peer.Jdk;

/** The machine of the measurements: hardware, kernel, and versions. */
public final class Machine {
    private Machine() {}

    public static String describe(List<Jdk> jdks) throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add("CPU: " + cpu() + ", " + Runtime.getRuntime().availableProcessors() + " of them");
        lines.add("Memory: " + memory());
        lines.add("Kernel: Linux "
                + Files.readString(Path.of("/proc/sys/kernel/osrelease")).strip());
        for (Jdk jdk : jdks) {
            lines.add("JDK " + jdk.version() + ": " + first(jdk.java(), "-version", "build"));
        }
        lines.add("Node: " + first("node", "--version", "v"));
        lines.add("C: " + first("cc", "--version", "") + ", -O2");
        lines.add("OpenSSL, of the TLS load: " + first("openssl", "version", ""));
        lines.add("Netty: " + version("netty-transport-"));
        lines.add("Vert.x: " + version("vertx-core-"));
        lines.add("reactor-netty: " + version("reactor-netty-core-"));
        lines.add("Jetty: " + version("jetty-server-"));
        lines.add("RSocket: " + version("rsocket-core-"));
        lines.add("gRPC: " + version("grpc-netty-shaded-"));
        StringBuilder out = new StringBuilder();
        lines.forEach(line -> out.append("- ").append(line).append('\n'));
        return out.toString();
    }

    private static String cpu() throws IOException {
        return field(Path.of("/proc/cpuinfo"), "model name");
    }

    private static String memory() throws IOException {
        long kib = Long.parseLong(field(Path.of("/proc/meminfo"), "MemTotal").replaceAll("[^0-9]", ""));
        return Math.round(kib / 1024.0 / 1024.0) + " GiB";
    }

    private static String field(Path file, String name) throws IOException {
        return Files.readAllLines(file).stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("unknown");
    }

    /** The first line of a command's output that contains a word. */
    private static String first(String command, String argument, String word) throws IOException {
        Process process =
                new ProcessBuilder(command, argument).redirectErrorStream(true).start();
        try (BufferedReader said = process.inputReader(StandardCharsets.UTF_8)) {
            return said.lines().filter(line -> line.contains(word)).findFirst().orElse("unknown");
        }
    }

    /** The version in the jar's name. */
    private static String version(String artifact) {
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            String name = Path.of(entry).getFileName().toString();
            if (name.startsWith(artifact) && Character.isDigit(name.charAt(artifact.length()))) {
                return name.substring(artifact.length(), name.length() - ".jar".length());
            }
        }
        return "unknown";
    }
}
