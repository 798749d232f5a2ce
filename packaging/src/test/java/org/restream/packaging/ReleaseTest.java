package org.restream.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.restream.packaging.Scripts.PACKAGING;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.restream.packaging.Scripts.Ran;

/** {@code packaging/release} in a small repository, with a Maven that builds nothing. */
class ReleaseTest {
    private static final String POM = """
        <project>
          <version>0.1.0-SNAPSHOT</version>
          <project.build.outputTimestamp>2026-01-01T00:00:00Z</project.build.outputTimestamp>
          <deb.maintainer>nobody &lt;nobody@localhost&gt;</deb.maintainer>
          <other.version>0.1.0</other.version>
        </project>
        """;
    private static final String CHANGELOG = """
        # Changelog

        ## [Unreleased]

        ### Added

        - Everything.
        """;
    private static final String MAVEN = """
        #!/bin/sh
        version=$(sed -n 's:^  <version>\\(.*\\)</version>$:\\1:p' pom.xml)
        case $* in
            *-Papi*)
                if [ -e broken ]; then
                    echo '[ERROR] There is at least one incompatibility: a.B.one(a.C,a.D):METHOD_REMOVED,a.B.two():METHOD_REMOVED -> [Help 1]'
                    exit 1
                fi
                if [ -e unfinished ]; then
                    echo '[ERROR] COMPILATION ERROR'
                    exit 1
                fi
                ;;
            *-Ppackages*)
                mkdir -p cli/target/share/sbom core/target files/target metrics/target packaging/target/stage
                for file in cli/target/restream-$version.tar.gz cli/target/restream-$version.zip \\
                    packaging/target/restream-$version-linux-x64.tar.gz packaging/target/stage/restream_${version}_amd64.deb \\
                    core/target/restream-$version.jar files/target/restream-files-$version.jar \\
                    metrics/target/restream-metrics-$version.jar cli/target/share/sbom/restream.cdx.json; do
                    echo "$version" >"$file"
                done
                (umask; stat -c %a core core/pom.xml) >core/target/restream-$version-modes.jar
                ;;
        esac
        """;

    @TempDir
    Path folder;

    private Path repository;

    @BeforeEach
    void commit() throws Exception {
        Path maven = Files.createDirectories(folder.resolve("bin")).resolve("mvn");
        Files.writeString(maven, MAVEN);
        assertThat(maven.toFile().setExecutable(true)).isTrue();
        repository = Files.createDirectories(folder.resolve("repository"));
        Path packaging =
                Files.createDirectories(repository.resolve("packaging/docker")).getParent();
        for (String file : List.of("release", "build", "docker/Dockerfile")) {
            Files.copy(PACKAGING.resolve(file), packaging.resolve(file));
        }
        write("pom.xml", POM);
        write("README.md", "The version is 0.1.0-SNAPSHOT.\n");
        write("LICENSE", "");
        for (String module : List.of("core", "files", "metrics", "cli", "docs")) {
            Files.createDirectories(repository.resolve(module));
            write(module + "/pom.xml", "");
        }
        write("docs/metrics.md", "restream-metrics 0.1.0-SNAPSHOT\n");
        write("CHANGELOG.md", CHANGELOG);
        write(".gitignore", "target/\n");
        git("init", "-q", "-b", "main");
        git("config", "user.name", "A & B\\C|D");
        git("config", "user.email", "maintainer@localhost");
        commitAll();
    }

    private void write(String file, String text) throws Exception {
        Files.writeString(repository.resolve(file), text);
    }

    private String read(String file) throws Exception {
        return Files.readString(repository.resolve(file));
    }

    private String git(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        return Scripts.succeed(repository, command.toArray(String[]::new));
    }

    private void commitAll() throws Exception {
        git("add", "-A");
        git("commit", "-q", "-m", "a change");
    }

    private Ran release(String... arguments) throws Exception {
        return release(Map.of(), arguments);
    }

    private Ran release(Map<String, String> more, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("packaging/release"));
        command.addAll(List.of(arguments));
        Map<String, String> environment = new HashMap<>(more);
        environment.put("PATH", folder.resolve("bin") + ":" + System.getenv("PATH"));
        environment.put("SOURCE_DATE_EPOCH", "1798761600");
        return Scripts.run(repository, environment, command.toArray(String[]::new));
    }

    private void refused(String why, String... arguments) throws Exception {
        String head = git("rev-parse", "HEAD");
        Ran ran = release(arguments);
        assertThat(ran.said()).contains("release: ").contains(why);
        assertThat(ran.status()).isEqualTo(1);
        assertThat(git("rev-parse", "HEAD")).isEqualTo(head);
    }

    @Test
    void it_is_a_tag_a_section_of_the_changelog_and_files_with_their_checksums() throws Exception {
        Ran ran = release("0.1.0");

        assertThat(ran.status()).as(ran.said()).isZero();
        assertThat(git("show", "v0.1.0:pom.xml"))
                .contains("<version>0.1.0</version>", "<project.build.outputTimestamp>2027-01-01T00:00:00Z<");
        assertThat(git("show", "v0.1.0:README.md")).isEqualTo("The version is 0.1.0.\n");
        assertThat(git("show", "v0.1.0:docs/metrics.md")).isEqualTo("restream-metrics 0.1.0\n");
        assertThat(read("CHANGELOG.md")).contains("## [Unreleased]\n\n## [0.1.0] - 2027-01-01\n\n### Added\n");
        assertThat(read("pom.xml")).contains("<version>0.1.1-SNAPSHOT</version>");
        assertThat(git("status", "--porcelain")).isEmpty();
        Path files = repository.resolve("packaging/target/release/0.1.0");
        assertThat(Scripts.succeed(files, "sha256sum", "-c", "SHA256SUMS"))
                .contains(
                        "restream-0.1.0-linux-x64.tar.gz: OK",
                        "restream_0.1.0_amd64.deb: OK",
                        "restream-0.1.0.jar: OK",
                        "restream-files-0.1.0.jar: OK",
                        "restream-metrics-0.1.0.jar: OK");
    }

    @Test
    void who_makes_it_maintains_its_Debian_package() throws Exception {
        assertThat(release("0.1.0").status()).isZero();
        assertThat(git("show", "v0.1.0:pom.xml"))
                .contains("<deb.maintainer>A &amp; B\\C|D &lt;maintainer@localhost&gt;</deb.maintainer>");
        assertThat(read("pom.xml")).contains("<deb.maintainer>nobody &lt;nobody@localhost&gt;</deb.maintainer>");
    }

    @Test
    void the_same_version_of_something_else_stays() throws Exception {
        assertThat(release("0.1.0").status()).isZero();
        assertThat(read("pom.xml"))
                .contains("<version>0.1.1-SNAPSHOT</version>", "<other.version>0.1.0</other.version>");
        assertThat(read("docs/metrics.md")).isEqualTo("restream-metrics 0.1.1-SNAPSHOT\n");
    }

    @Test
    void the_next_version_begins_with_the_time_of_the_release_and_its_section_of_the_changelog() throws Exception {
        assertThat(release("0.1.0").status()).isZero();
        assertThat(read("pom.xml")).contains("<project.build.outputTimestamp>2027-01-01T00:00:00Z<");
        assertThat(read("CHANGELOG.md")).isEqualTo(git("show", "v0.1.0:CHANGELOG.md"));
    }

    @Test
    void what_is_packed_has_the_same_modes_with_any_umask() throws Exception {
        Path shell = Files.writeString(folder.resolve("careful"), "umask 077\n");
        Ran ran = release(Map.of("BASH_ENV", shell.toString()), "0.1.0");
        assertThat(ran.status()).as(ran.said()).isZero();
        assertThat(repository.resolve("packaging/target/release/0.1.0/restream-0.1.0-modes.jar"))
                .hasContent("0022\n755\n644");
    }

    @Test
    void a_dry_run_leaves_the_files_only() throws Exception {
        String head = git("rev-parse", "HEAD");
        Ran ran = release("--dry-run", "0.1.0");
        assertThat(ran.status()).as(ran.said()).isZero();
        assertThat(git("rev-parse", "HEAD")).isEqualTo(head);
        assertThat(git("tag")).isEmpty();
        assertThat(repository.resolve("packaging/target/release/0.1.0/SHA256SUMS"))
                .isNotEmptyFile();
    }

    @Test
    void a_break_of_the_API_is_refused_where_the_version_does_not_say_so() throws Exception {
        assertThat(release("0.1.0").status()).isZero();
        write("broken", "");
        write("CHANGELOG.md", read("CHANGELOG.md").replace("[Unreleased]\n", "[Unreleased]\n\n- Less.\n"));
        commitAll();

        refused("0.1.1 breaks the API of 0.1.0", "0.1.1");
        assertThat(release("0.1.1").said()).contains("\na.B.one(a.C,a.D):METHOD_REMOVED\na.B.two():METHOD_REMOVED\n");
        refused("0.2.0 breaks the API of 0.1.0", "0.2.0");
        refused("--breaking: 0.1.1 is of the same line as the last release, '0.1.0'", "--breaking", "0.1.1");
        assertThat(release("--breaking", "0.2.0").status()).isZero();
    }

    @Test
    void what_can_not_be_compared_is_refused() throws Exception {
        assertThat(release("0.1.0").status()).isZero();
        write("unfinished", "");
        write("CHANGELOG.md", read("CHANGELOG.md").replace("[Unreleased]\n", "[Unreleased]\n\n- More.\n"));
        commitAll();

        refused("the API could not be compared, see above", "0.1.1");
        assertThat(release("--breaking", "0.2.0").said()).contains("COMPILATION ERROR");
    }

    @ParameterizedTest
    @CsvSource({
        "1.0, VERSION has to be three numbers",
        "'', VERSION has to be three numbers",
        "v0.1.0, VERSION has to be three numbers",
        "01.0.0, VERSION has to be three numbers",
        "0.0.9, 'VERSION 0.0.9 is lower than that in pom.xml, 0.1.0-SNAPSHOT'",
        "--now, there is no option '--now'"
    })
    void a_wrong_version_is_refused(String version, String why) throws Exception {
        refused(why, version);
    }

    @Test
    void a_tree_that_is_not_clean_is_refused() throws Exception {
        write("new", "");
        refused("the tree is not clean", "0.1.0");
    }

    @Test
    void a_version_that_was_released_is_refused() throws Exception {
        git("tag", "-a", "-m", "a release", "v0.2.0");
        refused("VERSION 0.2.0 is not higher than the last release, 0.2.0", "0.2.0");
        refused("VERSION 0.1.0 is not higher than the last release, 0.2.0", "0.1.0");
    }

    @Test
    void a_changelog_without_changes_is_refused() throws Exception {
        write("CHANGELOG.md", CHANGELOG.replace("[Unreleased]", "[0.0.9]"));
        commitAll();
        refused("CHANGELOG.md has no section \"## [Unreleased]\"", "0.1.0");
        write("CHANGELOG.md", CHANGELOG.replaceAll("(?s)### .*", "## [0.0.9]\n\n- Something.\n"));
        commitAll();
        refused("the section \"## [Unreleased]\" of CHANGELOG.md is empty", "0.1.0");
    }
}
