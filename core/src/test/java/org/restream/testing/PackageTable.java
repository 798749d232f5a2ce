package org.restream.testing;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.InputStream;
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

/** A table of docs/architecture.md: packages, and which of the others each may use. And the classes that it is held to. */
public final class PackageTable {
    private static final Pattern ROW = Pattern.compile("\\| `([a-z.]+)` \\| ([`a-z., ]*)\\|.*");

    private final Path folder;
    private final JavaClasses classes;
    private final String prefix;
    private final String root;
    private final Map<String, Set<String>> rows;

    private PackageTable(Path folder, String prefix, String root, Map<String, Set<String>> rows) {
        this.folder = folder;
        this.classes = new ClassFileImporter().importPath(folder);
        this.prefix = prefix;
        this.root = root;
        this.rows = rows;
    }

    /**
     * Reads it.
     *
     * @param one of the classes, so that those of the tests in the same packages are left out
     * @param prefix what the table leaves out of the names
     * @param root what the names of all its packages begin with
     * @param row which rows are of this table
     */
    public static PackageTable read(Class<?> one, String prefix, String root, Pattern row) {
        Map<String, Set<String>> rows = new TreeMap<>();
        for (String line : Docs.lines("architecture.md")) {
            Matcher matcher = ROW.matcher(line);
            if (matcher.matches() && row.matcher(matcher.group(1)).matches()) {
                rows.put(
                        matcher.group(1),
                        Stream.of(matcher.group(2).split("[`, ]+"))
                                .filter(name -> !name.isEmpty())
                                .collect(Collectors.toSet()));
            }
        }
        return new PackageTable(folder(one), prefix, root, rows);
    }

    private static Path folder(Class<?> one) {
        try {
            return Path.of(
                    one.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** All classes, also of packages that are not in the table. */
    public JavaClasses classes() {
        return classes;
    }

    /** The packages, as the table names them. */
    public Set<String> packages() {
        return rows.keySet();
    }

    /** Which others this one may use, as the table names them. */
    public Set<String> usedBy(String name) {
        return rows.getOrDefault(name, Set.of());
    }

    /** The packages that there are, as the table would name them. */
    public Set<String> found() {
        return classes.stream()
                .map(JavaClass::getPackageName)
                .filter(name -> name.startsWith(root))
                .map(name -> name.substring(prefix.length()))
                .collect(Collectors.toSet());
    }

    /** Fails where a class of the package uses one that its row does not name. */
    public void check(String name) {
        Set<String> allowed = Stream.concat(Stream.of(name), usedBy(name).stream())
                .map(prefix::concat)
                .collect(Collectors.toSet());
        noClasses()
                .that()
                .resideInAPackage(prefix + name)
                .should()
                .dependOnClassesThat(describe(
                        "in a package of the table other than " + allowed,
                        used -> used.getPackageName().startsWith(root) && !allowed.contains(used.getPackageName())))
                .check(classes);
    }

    /** The module of the classes. */
    public ModuleDescriptor module() throws IOException {
        try (InputStream in = Files.newInputStream(folder.resolve("module-info.class"))) {
            return ModuleDescriptor.read(in);
        }
    }
}
