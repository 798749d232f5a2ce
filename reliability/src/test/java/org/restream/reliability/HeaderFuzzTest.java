package org.restream.reliability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.restream.testing.WireVector;

/**
 * Tests the header's reader with a coverage-guided fuzzer. Inputs that reach new code are kept in reliability/corpus;
 * {@code ./reliability/fuzz SECONDS} looks for more.
 */
class HeaderFuzzTest {
    private static final Path HERE = Path.of(System.getProperty("basedir", "."));
    private static final Path CORPUS = HERE.resolve("corpus/header");
    private static final Path FOUND = HERE.resolve("target/fuzz/found");
    private static final Path ARGUMENTS = HERE.resolve("target/fuzz/arguments");
    private static final Path LOG = HERE.resolve("target/fuzz/log.txt");
    private static final Pattern LAST = Pattern.compile("Done (\\d+) runs in (\\d+) second");
    private static final Pattern COVERED = Pattern.compile("cov: (\\d+)");
    /** How long it may take to start on a busy machine. */
    private static final int START_SECONDS = 120;

    static List<Path> corpus() throws IOException {
        try (Stream<Path> inputs = Files.list(CORPUS)) {
            return inputs.sorted().toList();
        }
    }

    static List<WireVector> vectors() {
        return WireVector.all();
    }

    @ParameterizedTest
    @MethodSource("corpus")
    void what_it_has_found_before(Path input) throws Exception {
        HeaderInvariants.check(Files.readAllBytes(input));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void the_vectors_of_the_wire(WireVector vector) {
        HeaderInvariants.check(vector.bytes());
    }

    @Test
    @Timeout(value = 2, unit = TimeUnit.HOURS)
    void what_it_finds_now() throws Exception {
        assumeTrue(hasNativePart(), "Jazzer has no native part for this system");
        int seconds = Integer.getInteger("fuzz", Scale.of(5, 60));
        Files.createDirectories(FOUND);
        Files.write(ARGUMENTS, arguments());
        Process fuzzer = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "@" + ARGUMENTS,
                        "-max_total_time=" + seconds,
                        // the first folder gets what it finds
                        FOUND.toString(),
                        CORPUS.toString(),
                        seeds().toString())
                .redirectErrorStream(true)
                .redirectOutput(LOG.toFile())
                .start();
        try {
            assertThat(fuzzer.waitFor(seconds + START_SECONDS, TimeUnit.SECONDS))
                    .as("ended")
                    .isTrue();
        } finally {
            fuzzer.destroyForcibly();
        }
        String said = Files.readString(LOG);
        assertThat(fuzzer.exitValue()).as(said).isZero();
        Matcher last = LAST.matcher(said);
        assertThat(last.find()).as(said).isTrue();
        Figures.record(
                "fuzz",
                String.format(
                        Locale.ROOT,
                        "%,d inputs in %s s, no invariant broken; %s edges of the reader and the JSON parser covered;"
                                + " a corpus of %d inputs",
                        Long.parseLong(last.group(1)),
                        last.group(2),
                        COVERED.matcher(said)
                                .results()
                                .reduce((first, second) -> second)
                                .orElseThrow()
                                .group(1),
                        corpus().size()));
    }

    /** The test vectors of the wire, as seeds. */
    private static Path seeds() throws IOException {
        Path folder = Files.createDirectories(HERE.resolve("target/fuzz/vectors"));
        for (WireVector vector : vectors()) {
            Files.write(folder.resolve(vector.name()), vector.bytes());
        }
        return folder;
    }

    private static boolean hasNativePart() {
        String system = System.getProperty("os.name") + "/" + System.getProperty("os.arch");
        return List.of("Linux/amd64", "Mac OS X/x86_64", "Mac OS X/aarch64").contains(system);
    }

    /** The arguments, from a file that {@code ./reliability/fuzz} uses too. */
    private static List<String> arguments() {
        return List.of(
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-cp",
                '"' + System.getProperty("java.class.path") + '"',
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + HeaderFuzzer.class.getName(),
                "--instrumentation_includes=org.restream.**:tools.jackson.core.**",
                "--custom_hook_includes=org.restream.**:tools.jackson.core.**",
                "--reproducer_path=" + LOG.getParent(),
                "-artifact_prefix=" + LOG.getParent() + "/",
                "-max_len=4096",
                "-rss_limit_mb=4096",
                "-timeout=10");
    }
}
