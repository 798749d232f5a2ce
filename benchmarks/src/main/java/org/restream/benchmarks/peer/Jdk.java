package org.restream.benchmarks.peer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A JDK on which peers run.
 *
 * @param home its folder
 * @param version its feature version, such as {@code 25}
 */
public record Jdk(Path home, int version) {
    /** The JDK of this process. */
    public static Jdk own() {
        return new Jdk(
                Path.of(System.getProperty("java.home")), Runtime.version().feature());
    }

    /** 25 and 17, if they are installed, or else the JDK of this process. */
    public static List<Jdk> newestAndOldest() {
        List<Jdk> found =
                Stream.of(find(25), find(17)).flatMap(Optional::stream).toList();
        return found.isEmpty() ? List.of(own()) : found;
    }

    /** A JDK of this version, from a variable such as JAVA_HOME_25, or from the folder where Debian installs them. */
    private static Optional<Jdk> find(int version) {
        if (own().version == version) {
            return Optional.of(own());
        }
        String told = System.getenv("JAVA_HOME_" + version);
        if (told != null) {
            return Optional.of(new Jdk(Path.of(told), version));
        }
        try (Stream<Path> found = Files.list(Path.of("/usr/lib/jvm"))) {
            return found.filter(path -> path.getFileName().toString().contains("" + version))
                    .filter(path -> Files.isExecutable(path.resolve("bin/java")))
                    .findFirst()
                    .map(path -> new Jdk(path, version));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String java() {
        return home.resolve("bin/java").toString();
    }
}
