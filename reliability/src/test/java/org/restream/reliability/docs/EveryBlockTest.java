package org.restream.reliability.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A new or changed block in a document fails here until a test runs it. */
class EveryBlockTest {
    private static final List<Class<?>> TESTS = List.of(
            EveryBlockTest.class,
            DumpTest.class,
            EventsTest.class,
            ExamplesTest.class,
            InstallTest.class,
            ListenTest.class,
            SendFileTest.class,
            SessionTest.class,
            TlsTest.class);

    @ParameterizedTest
    @EnumSource
    void the_blocks_are_those_that_are_known_here(Document document) throws Exception {
        List<String> known = Arrays.stream(Block.values())
                .filter(block -> block.document() == document)
                .map(Block::text)
                .toList();
        assertThat(document.blocks()).containsExactlyElementsOf(known);
    }

    @ParameterizedTest
    @EnumSource
    void a_test_runs_it(Block block) {
        Stream<Block> run = TESTS.stream()
                .flatMap(test -> Arrays.stream(test.getDeclaredMethods()))
                .filter(method ->
                        method.isAnnotationPresent(Test.class) || method.isAnnotationPresent(ParameterizedTest.class))
                .filter(method -> method.isAnnotationPresent(Runs.class))
                .flatMap(
                        method -> Arrays.stream(method.getAnnotation(Runs.class).value()));
        assertThat(run).contains(block);
    }

    @Test
    @Runs(Block.DEMO_AND_BUILD)
    void the_demo_and_the_build_are_run_before_a_change_is_taken() throws Exception {
        assertThat(Files.readAllLines(Document.ROOT.resolve(".ci/run")))
                .contains("mvn -B -ntp verify </dev/null")
                .anyMatch(line -> line.contains("$(./restream demo"));
    }
}
