package org.restream.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.restream.testing.PackageTable;

/** Checks the command's code against its table in docs/architecture.md. */
class ArchitectureTest {
    private static final String ROOT = "org.restream.cli";
    private static final PackageTable TABLE =
            PackageTable.read(Main.class, "org.restream.", ROOT, Pattern.compile("cli\\b.*"));
    private static final JavaClasses CLASSES = TABLE.classes();

    static Set<String> packages() {
        return TABLE.packages();
    }

    @ParameterizedTest
    @MethodSource("packages")
    void a_package_uses_only_those_that_the_table_says(String name) {
        TABLE.check(name);
    }

    @Test
    void the_packages_of_the_table_are_those_of_the_command() {
        assertThat(TABLE.found()).isEqualTo(TABLE.packages());
    }

    /** Each package separately: a package inside another one is not a part of it. */
    @Test
    void no_packages_use_each_other_in_a_circle() {
        slices().matching("(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void of_the_library_only_the_API_is_used() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.restream.internal..")
                .check(CLASSES);
    }

    /** It is loaded when a command first needs it, from jars that are not on the class path. */
    @Test
    void only_one_package_knows_what_reads_certificates_and_none_knows_that_package() {
        assertThat(TABLE.packages()).noneMatch(name -> TABLE.usedBy(name).contains("cli.tls.pem"));
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".tls.pem")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.bouncycastle..")
                .check(CLASSES);
    }

    @Test
    void only_one_package_knows_what_counts_and_none_knows_that_package() {
        assertThat(TABLE.packages()).noneMatch(name -> TABLE.usedBy(name).contains("cli.metrics.prometheus"));
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".metrics.prometheus")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.micrometer..", "io.prometheus..", "org.restream.metrics..")
                .check(CLASSES);
    }

    /** The parser sets fields by reflection, which it finds by their annotations. */
    @Test
    void what_has_options_is_open_to_the_parser() throws IOException {
        Set<String> annotated = CLASSES.stream()
                .filter(type -> type.getPackageName().startsWith(ROOT))
                .filter(type -> Stream.concat(
                                type.getAnnotations().stream(),
                                type.getFields().stream().flatMap(field -> field.getAnnotations().stream()))
                        .anyMatch(annotation ->
                                annotation.getRawType().getPackageName().equals("picocli")))
                .map(JavaClass::getPackageName)
                .collect(Collectors.toSet());
        assertThat(annotated).hasSizeGreaterThan(3);
        assertThat(TABLE.module().exports()).isEmpty();
        assertThat(TABLE.module().opens())
                .extracting(ModuleDescriptor.Opens::source)
                .containsAll(annotated);
    }
}
