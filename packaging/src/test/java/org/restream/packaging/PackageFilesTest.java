package org.restream.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.restream.packaging.Scripts.PACKAGING;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be checked of the packages without building them; {@code packaging/test} installs them. */
class PackageFilesTest {
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
                "deb/control/postrm"
            })
    void a_script_has_no_syntax_error(String script) throws Exception {
        Path file = PACKAGING.resolve(script);
        String shell = Files.readAllLines(file).get(0).contains("bash") ? "bash" : "sh";
        assertThat(Scripts.succeed(PACKAGING, shell, "-n", file.toString())).isEmpty();
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
                .containsPattern("(?m)^HEALTHCHECK .* CMD ");
    }
}
