package org.restream.benchmarks;

import java.nio.file.Path;

/** The paths of the files that {@code ./benchmarks/compare} has prepared. */
public final class Home {
    private static final Path BENCHMARKS = Path.of(System.getProperty("benchmarks.home", "benchmarks"));

    private Home() {}

    public static Path benchmarks() {
        return BENCHMARKS;
    }

    /** A compiled C program. */
    public static String binary(String name) {
        return BENCHMARKS.resolve("target/c").resolve(name).toString();
    }
}
