package org.restream.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.net.InetSocketAddress;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.restream.cli.testing.RawPeer;
import org.restream.cli.testing.Scrape;

/** Unpacks the distribution that {@code mvn package} makes, and runs it as a user would. */
class DistributionIT {
    private static final String DISTRIBUTION = System.getProperty("restream.distribution");

    @TempDir
    Path folder;

    private Path home;

    @BeforeEach
    void unpack() throws Exception {
        Path spaced = Files.createDirectories(folder.resolve("a folder with spaces"));
        run(spaced, "tar", "-xzf", DISTRIBUTION + ".tar.gz");
        try (Stream<Path> unpacked = Files.list(spaced)) {
            home = unpacked.toList().get(0);
        }
    }

    @Test
    void it_runs_from_any_folder_and_through_links() throws Exception {
        Path bin = Files.createDirectories(folder.resolve("bin"));
        Path link = Files.createSymbolicLink(bin.resolve("restream"), home.resolve("bin/restream"));
        Path linkOfLink = Files.createSymbolicLink(folder.resolve("rs"), Path.of("bin/restream"));
        for (Path start : List.of(home.resolve("bin/restream"), link, linkOfLink)) {
            assertThat(run(folder, start.toString(), "--version")).matches("restream \\d+\\..*\n");
        }
        assertThat(run(home.resolve("bin"), "./restream", "--version")).startsWith("restream ");
    }

    @Test
    void an_archive_makes_no_difference_but_in_time() throws Exception {
        String version = run(home, "bin/restream", "--version");
        assertThat(run(home, "env", "RESTREAM_LAUNCHER=archive", "bin/restream"))
                .isEmpty();
        Path archive;
        try (Stream<Path> files = Files.list(home.resolve("lib"))) {
            archive = files.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().endsWith(".jar"))
                    .findFirst()
                    .orElseThrow();
        }
        assertThat(run(home, "bin/restream", "--version")).isEqualTo(version);
        Files.delete(archive);
        Files.writeString(archive, "not an archive");
        assertThat(run(home, "bin/restream", "--version")).isEqualTo(version);
    }

    /** A locale that is not installed here, as ssh passes its name on from another machine. */
    @ParameterizedTest
    @ValueSource(strings = {"LC_ALL=", "LC_CTYPE=UTF-8", "LC_ALL=xx_YY.UTF-8", "LANG=xx_YY", "LC_ALL=C"})
    void a_locale_that_is_not_installed_is_as_none(String locale) throws Exception {
        String java = "JAVA_HOME=" + System.getProperty("java.home");
        String path = "PATH=" + System.getenv("PATH");
        String call = "! bin/restream listen --output . --name \"$(printf '\\303\\244\\360\\237\\230\\200')/\" 2>&1";
        assertThat(run(home, "env", "-i", java, path, locale, "sh", "-c", call))
                .contains("--name 'ä\uD83D\uDE00/' is not a pattern");
    }

    @Test
    void what_the_jvm_says_goes_to_stderr_and_bodies_to_stdout() throws Exception {
        Path stdout = folder.resolve("stdout");
        Process listen = new ProcessBuilder(home.resolve("bin/restream").toString(), "listen", "-p", "0", "--once")
                .redirectOutput(stdout.toFile())
                .start();
        try (BufferedReader stderr = listen.errorReader(UTF_8)) {
            Matcher address = Pattern.compile("127\\.0\\.0\\.1:([0-9]+)").matcher(stderr.readLine());
            assertThat(address.find()).isTrue();
            run(folder, "kill", "-QUIT", Long.toString(listen.pid()));
            assertThat(stderr.lines().anyMatch(line -> line.startsWith("Full thread dump")))
                    .isTrue();
            try (RawPeer peer = new RawPeer(new InetSocketAddress("127.0.0.1", Integer.parseInt(address.group(1))))) {
                assertThat(peer.say("{}\n\nbody").end().hear()).isEqualTo("{}\n\n");
            }
            assertThat(stderr.lines().anyMatch(line -> line.contains("done"))).isTrue();
            assertThat(listen.waitFor()).isZero();
        } finally {
            listen.destroyForcibly();
        }
        assertThat(stdout).hasContent("body");
    }

    /** The jars that do so are not on the class path: the command loads them when it needs them. */
    @Test
    void it_reads_certificates() throws Exception {
        assertThat(run(home, "sh", "-c", "! bin/restream listen --cert README.md"))
                .contains("README.md: there is no certificate in it");
        assertThat(run(home, "sh", "-c", "! bin/restream send --cacert=README.md"))
                .contains("README.md: there is no certificate in it");
    }

    /** What counts is not on the class path either. */
    @Test
    void it_serves_metrics() throws Exception {
        Process listen = new ProcessBuilder(
                        home.resolve("bin/restream").toString(), "listen", "-p", "0", "--metrics", "127.0.0.1:0")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader stderr = listen.errorReader(UTF_8)) {
            Matcher address =
                    Pattern.compile("127\\.0\\.0\\.1:([0-9]+)/metrics").matcher(stderr.readLine());
            assertThat(address.find()).isTrue();
            InetSocketAddress at = new InetSocketAddress("127.0.0.1", Integer.parseInt(address.group(1)));
            assertThat(Scrape.of(at).value("restream_build_info")).isEqualTo(1);
        } finally {
            listen.destroyForcibly();
        }
        assertThat(home.resolve("share/doc/restream/monitoring/alerts.yml")).isNotEmptyFile();
        assertThat(home.resolve("share/doc/restream/monitoring/dashboard.json")).isNotEmptyFile();
    }

    @Test
    void manual_completion_and_licence_come_with_it() {
        assertThat(home.resolve("share/man/man1/restream-listen.1")).isNotEmptyFile();
        assertThat(home.resolve("share/man/man1/restream.1")).isNotEmptyFile();
        assertThat(home.resolve("share/bash-completion/completions/restream")).isNotEmptyFile();
        assertThat(home.resolve("LICENSE")).isNotEmptyFile();
        assertThat(new File(DISTRIBUTION + ".zip")).isNotEmpty();
    }

    @Test
    void it_says_what_it_consists_of_and_under_which_licences() throws Exception {
        List<PathMatcher> licensed = Pattern.compile("`(lib/[^`]+)`")
                .matcher(Files.readString(home.resolve("THIRD-PARTY.md")))
                .results()
                .map(found -> FileSystems.getDefault().getPathMatcher("glob:" + found.group(1)))
                .toList();
        String materials = Files.readString(home.resolve("share/sbom/restream.cdx.json"));
        try (Stream<Path> lib = Files.walk(home.resolve("lib"))) {
            for (Path jar : lib.filter(file -> file.toString().endsWith(".jar")).toList()) {
                String artifact = jar.getFileName().toString().replaceFirst("-[0-9].*", "");
                assertThat(materials).contains('"' + artifact + '"');
                if (!artifact.matches("restream(-files|-cli|-metrics)?")) {
                    assertThat(licensed).as("%s", jar).anyMatch(glob -> glob.matches(home.relativize(jar)));
                }
            }
        }
        assertThat(materials).contains("pkg:maven/info.picocli/picocli@");
        assertThat(home.resolve("CHANGELOG.md")).isNotEmptyFile();
        assertThat(home.resolve("docs/command.md")).isNotEmptyFile();
    }

    /** Runs a command; it has to exit with status 0 and an empty stderr. */
    private static String run(Path where, String... command) throws Exception {
        Process process = new ProcessBuilder(command)
                .directory(where.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as("%s says %s", List.of(command), said).isZero();
        return said;
    }
}
