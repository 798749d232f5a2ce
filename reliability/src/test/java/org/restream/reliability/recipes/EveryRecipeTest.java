package org.restream.reliability.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A new block in docs/recipes.md fails here until it has a name and a test runs it. */
class EveryRecipeTest {
    private static final List<Class<?>> TESTS = List.of(
            ClientAddressRecipeTest.class,
            DumpRecipeTest.class,
            FolderRecipeTest.class,
            HaproxyRecipeTest.class,
            KubernetesRecipeTest.class,
            LiveLogRecipeTest.class,
            NcRecipeTest.class,
            PythonRecipeTest.class,
            RotatedLogRecipeTest.class,
            StoreRecipeTest.class,
            SystemdRecipeTest.class);

    @Test
    void each_block_has_a_name_of_its_own() throws Exception {
        assertThat(Recipe.names()).doesNotHaveDuplicates().hasSize((int) Recipe.fences());
    }

    @Test
    void a_test_runs_each_block() throws Exception {
        Set<String> run = TESTS.stream()
                .flatMap(test -> Arrays.stream(test.getDeclaredMethods()))
                .filter(method -> method.isAnnotationPresent(Test.class) && method.isAnnotationPresent(Runs.class))
                .flatMap(
                        method -> Arrays.stream(method.getAnnotation(Runs.class).value()))
                .collect(Collectors.toSet());
        assertThat(run).containsExactlyInAnyOrderElementsOf(Recipe.names());
    }
}
