package org.restream.benchmarks;

import java.nio.file.Path;

/** Where things are, as {@code ./benchmarks/compare} has set them up. */
public final class Home {
    private static final Path BENCHMARKS = Path.of(System.getProperty("benchmarks.home", "benchmarks"));

    private Home() {}

    public static Path benchmarks() {
        return BENCHMARKS;
    }

    /** A program in C that has been compiled. */
    public static String binary(String name) {
        return BENCHMARKS.resolve("target/c").resolve(name).toString();
    }
}
