package org.restream.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.restream.packaging.Scripts.PACKAGING;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.restream.packaging.Scripts.Ran;

/** What can be checked of the packages without building them; {@code packaging/test} installs them. */
class PackageFilesTest {
    @TempDir
    Path folder;

    private static boolean exists(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    /** It has the unit checked by systemd's own program; the exposure has to be under 3. */
    @Test
    void the_unit_is_valid_and_hardened() throws Exception {
        assumeTrue(exists("systemd-analyze"), "there is no systemd-analyze (Debian: systemd)");
        assumeTrue(Scripts.succeed(PACKAGING, "id", "-u").equals("0\n"), "packaging/test needs root");
        assertThat(Scripts.succeed(PACKAGING, "./test", "unit"))
                .containsPattern("Overall exposure level for restream-listen.service: [0-2]\\.[0-9]")
                .endsWith("all passed\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "stage",
                "build",
                "test",
                "release",
                "reproducible",
                "deb/control/postinst",
                "deb/control/prerm",
                "deb/control/postrm",
                "deb/test/service"
            })
    void a_script_has_no_syntax_error(String script) throws Exception {
        Path file = PACKAGING.resolve(script);
        String shell = Files.readAllLines(file).get(0).contains("bash") ? "bash" : "sh";
        assertThat(Scripts.succeed(PACKAGING, shell, "-n", file.toString())).isEmpty();
    }

    /** Those that others compile against. */
    @ParameterizedTest
    @MethodSource("published")
    void a_library_has_sources_and_Javadoc_and_its_API_is_compared(String module) throws Exception {
        String pom = Files.readString(PACKAGING.resolve("../" + module + "/pom.xml"));
        assertThat(pom)
                .contains(
                        "<artifactId>maven-source-plugin</artifactId>", "<artifactId>maven-javadoc-plugin</artifactId>")
                .contains("<api.folder>" + module + "</api.folder>");
        assertThat(Files.readString(PACKAGING.resolve("release")))
                .containsPattern("(?m)^libraries=.*\\b" + module + "\\b");
        assertThat(Files.readString(PACKAGING.resolve("build"))).contains(" " + module + "/target/restream-");
        Matcher artifact =
                Pattern.compile("<artifactId>(restream(?!-parent)[a-z-]*)<").matcher(pom);
        assertThat(artifact.find()).isTrue();
        assertThat(Files.readString(PACKAGING.resolve("../docs/install.md")))
                .contains(artifact.group(1) + "-VERSION.jar");
    }

    static Stream<String> published() throws Exception {
        String modules = Files.readString(PACKAGING.resolve("../pom.xml"));
        List<String> published = new ArrayList<>();
        Matcher module = Pattern.compile("<module>(.*)</module>").matcher(modules);
        while (module.find()) {
            String pom = Files.readString(PACKAGING.resolve("../" + module.group(1) + "/pom.xml"));
            if (!pom.contains("<artifactId>maven-deploy-plugin</artifactId>")) {
                published.add(module.group(1));
            }
        }
        assertThat(published).contains("core");
        return published.stream();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "somebody", "<a@b.example>", "A name <a>"})
    void a_Debian_package_needs_a_maintainer(String maintainer) throws Exception {
        Ran ran = Scripts.run(
                PACKAGING,
                Map.of(),
                "./stage",
                "none.tar.gz",
                folder.toString(),
                "1",
                "2026-01-01T00:00:00Z",
                maintainer);
        assertThat(ran.said()).contains("the maintainer has to be as in 'A name <name@host.example>'");
        assertThat(ran.status()).isEqualTo(1);
    }

    /** Maven leaves it out without a word where it is offline. */
    @Test
    void an_archive_without_a_bill_of_materials_is_refused() throws Exception {
        Path app = Files.createDirectories(folder.resolve("restream-1/bin"));
        assertThat(Files.createFile(app.resolve("restream")).toFile().setExecutable(true))
                .isTrue();
        Scripts.succeed(folder, "tar", "-czf", "archive", "restream-1");
        String archive = folder.resolve("archive").toString();
        String staged = folder.resolve("staged").toString();
        Ran ran = Scripts.run(
                PACKAGING, Map.of(), "./stage", archive, staged, "1", "2026-01-01T00:00:00Z", "A name <a@b.example>");
        assertThat(ran.said()).contains("has no bill of materials: Maven makes none with --offline");
        assertThat(ran.status()).isEqualTo(1);
    }

    @Test
    void the_settings_are_kept_at_an_upgrade() throws Exception {
        String unit = Files.readString(PACKAGING.resolve("deb/files/restream-listen.service"));
        String conffiles = Files.readString(PACKAGING.resolve("deb/control/conffiles"));
        assertThat(unit).contains("EnvironmentFile=" + conffiles.strip() + "\n");
    }

    @Test
    void the_container_is_not_root_and_stops_and_is_watched() throws Exception {
        String dockerfile = Files.readString(PACKAGING.resolve("docker/Dockerfile"));
        assertThat(dockerfile)
                .containsPattern("(?m)^USER [1-9][0-9]+:[1-9][0-9]+$")
                .containsPattern("(?m)^STOPSIGNAL SIGTERM$")
                .containsPattern("(?m)^HEALTHCHECK .* CMD .*/health ");
    }
}
