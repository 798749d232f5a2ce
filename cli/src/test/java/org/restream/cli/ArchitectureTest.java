package org.restream.cli;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks the command's code against its table in docs/architecture.md. */
class ArchitectureTest {
    private static final String ALL = "org.restream.";
    private static final String ROOT = "org.restream.cli";
    private static final Pattern ROW = Pattern.compile("\\| `(cli(?:\\.[a-z]+)*)` \\| ([`a-z., ]*)\\|.*");
    private static final JavaClasses CLASSES = new ClassFileImporter().importPath(productClasses());

    /** Which packages each package may use, besides the library. */
    private static final Map<String, Set<String>> PACKAGES = readTable();

    static Set<String> packages() {
        return PACKAGES.keySet();
    }

    @ParameterizedTest
    @MethodSource("packages")
    void a_package_uses_only_those_that_the_table_says(String name) {
        Set<String> allowed = Stream.concat(Stream.of(name), PACKAGES.get(name).stream())
                .map(ALL::concat)
                .collect(Collectors.toSet());
        noClasses()
                .that()
                .resideInAPackage(ALL + name)
                .should()
                .dependOnClassesThat(describe(
                        "in a package of the command other than " + allowed,
                        used -> used.getPackageName().startsWith(ROOT) && !allowed.contains(used.getPackageName())))
                .check(CLASSES);
    }

    @Test
    void the_packages_of_the_table_are_those_of_the_command() {
        Set<String> packages = CLASSES.stream()
                .map(JavaClass::getPackageName)
                .filter(name -> name.startsWith(ROOT))
                .map(name -> name.substring(ALL.length()))
                .collect(Collectors.toSet());
        assertThat(packages).isEqualTo(PACKAGES.keySet());
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

    /** The classes that read certificates are loaded only if TLS is asked for. */
    @Test
    void only_tls_knows_what_reads_certificates() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".tls")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.bouncycastle..")
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
        try (InputStream in = Files.newInputStream(productClasses().resolve("module-info.class"))) {
            ModuleDescriptor module = ModuleDescriptor.read(in);
            assertThat(module.exports()).isEmpty();
            assertThat(module.opens())
                    .extracting(ModuleDescriptor.Opens::source)
                    .containsAll(annotated);
        }
    }

    private static Map<String, Set<String>> readTable() {
        Map<String, Set<String>> packages = new TreeMap<>();
        Path beside = Path.of("..", "docs", "architecture.md");
        try {
            for (String line : Files.readAllLines(Files.exists(beside) ? beside : Path.of("docs", "architecture.md"))) {
                Matcher row = ROW.matcher(line);
                if (row.matches()) {
                    packages.put(
                            row.group(1),
                            Stream.of(row.group(2).split("[`, ]+"))
                                    .filter(name -> !name.isEmpty())
                                    .collect(Collectors.toSet()));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packages;
    }

    /** The folder of the product's classes, without the tests' classes in the same packages. */
    private static Path productClasses() {
        try {
            return Path.of(Main.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
