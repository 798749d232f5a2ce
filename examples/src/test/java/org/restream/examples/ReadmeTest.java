package org.restream.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Compares the documents with the code: each block of Java is, word for word, in the class that the comment before it
 * names, and each block of output is what that class prints, apart from port numbers and durations.
 */
class ReadmeTest {
    private static final List<String> SOURCES =
            List.of("examples/src/main/java/org/restream/examples", "examples/src/test/java/org/restream/examples");

    @ParameterizedTest
    @MethodSource("java")
    void java_is_the_text_of_a_class_that_is_tested(Markdown.Block block) throws IOException {
        assertThat(block.kind()).as("the comment before the block").isEqualTo("code");
        assertThat(Markdown.flat(source(block.of()))).contains(Markdown.flat(block.text()));
    }

    @ParameterizedTest
    @MethodSource("output")
    void shown_output_is_what_is_printed(Markdown.Block block) throws Exception {
        assertThat(withoutChance(block.text())).isEqualTo(withoutChance(Printed.by(() -> run(block.of()))));
    }

    /** Makes sure that the tests above have something to check. */
    @ParameterizedTest
    @ValueSource(strings = {"java", "output"})
    void there_are_such_blocks(String kind) throws IOException {
        assertThat(kind.equals("java") ? java() : output()).isNotEmpty();
    }

    static Stream<Markdown.Block> java() throws IOException {
        return blocks().filter(block -> block.language().equals("java"));
    }

    static Stream<Markdown.Block> output() throws IOException {
        return blocks().filter(block -> block.kind().equals("output"));
    }

    private static Stream<Markdown.Block> blocks() throws IOException {
        return Stream.of(
                        Markdown.read("README.md").blocks(),
                        Markdown.read("docs/guide.md").blocks(),
                        Markdown.read("docs/metrics.md").blocks())
                .flatMap(blocks -> blocks);
    }

    private static void run(String example) throws Exception {
        try (ReservedPort port = new ReservedPort()) {
            String number = String.valueOf(port.number());
            switch (example) {
                case "Hello" -> Hello.main(number);
                case "Sessions" -> Sessions.main(number);
                case "OriginalPair" -> OriginalPair.main(number);
                case "Failover" -> Failover.main(port.address());
                default -> throw new IllegalArgumentException("how to run " + example + "?");
            }
        }
    }

    private static String source(String name) throws IOException {
        for (String folder : SOURCES) {
            Path file = Markdown.ROOT.resolve(folder).resolve(name + ".java");
            if (Files.exists(file)) {
                return Files.readString(file);
            }
        }
        throw new IllegalArgumentException("there is no class " + name + " in " + SOURCES);
    }

    private static String withoutChance(String text) {
        return text.replaceAll("127\\.0\\.0\\.1:\\d+", "127.0.0.1:PORT").replaceAll("duration=[^]]+", "duration=TIME");
    }
}
