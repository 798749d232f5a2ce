package org.restream.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.restream.Restream;
import org.restream.RestreamServer;
import org.restream.cli.command.ExitStatus;

/**
 * The launcher script with closed standard streams: other files that get their descriptors must not be used in their
 * place.
 */
class LauncherTest {
    private static final Path CHECKOUT = Path.of("").toAbsolutePath().getParent();

    @TempDir
    private Path folder;

    private final BlockingQueue<String> bodies = new ArrayBlockingQueue<>(10);
    private RestreamServer server;
    private String address;

    @BeforeEach
    void serve() throws Exception {
        server = Restream.createServer((req, res) -> {
                    bodies.add(new String(req.readAllBytes(), ISO_8859_1));
                    res.end("got it\n");
                })
                .listen(0);
        address = "127.0.0.1:" + server.address().getPort();
        Files.copy(
                CHECKOUT.resolve("cli/src/main/dist/bin/restream"), dir("bin").resolve("restream"));
        classPathJar(dir("lib").resolve("all.jar"));
        Files.writeString(folder.resolve("file"), "a file");
    }

    @AfterEach
    void close() {
        server.close();
    }

    private Path dir(String name) throws IOException {
        return Files.createDirectories(folder.resolve(name));
    }

    /** Makes a jar that refers to the class path of the tests. */
    private static void classPathJar(Path jar) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes()
                .put(
                        Attributes.Name.CLASS_PATH,
                        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                                .map(entry -> Path.of(entry).toUri().toString())
                                .collect(Collectors.joining(" ")));
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file, manifest)) {
            out.finish();
        }
    }

    private record Ran(int status, String out, String err) {}

    /** Runs a shell command in the folder, with its output in files, so that streams that it closes stay closed. */
    private Ran run(String shell, String line) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(shell, "-c", line)
                .directory(folder.toFile())
                .redirectInput(folder.resolve("file").toFile())
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("ADDRESS", address);
        Process process = builder.start();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            throw new AssertionError("it still runs: " + line);
        }
        return new Ran(
                process.exitValue(),
                Files.readString(folder.resolve("out"), UTF_8),
                Files.readString(folder.resolve("err"), UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sh", "bash", "dash"})
    void a_closed_stdin_can_not_be_sent(String shell) throws Exception {
        assumeTrue(exists(shell), shell);
        for (String how : List.of(
                "sh bin/restream send -s $ADDRESS <&-",
                "bin/restream send -s $ADDRESS - file <&-",
                "bin/restream send -s $ADDRESS /dev/stdin <&-")) {
            Ran ran = run(shell, how.replace("sh bin", shell + " bin"));
            assertThat(ran.status).as(how).isEqualTo(ExitStatus.LOCAL);
            assertThat(ran.err)
                    .as(how)
                    .endsWith("can't read stdin: it is closed\n")
                    .hasLineCount(1);
        }
        assertThat(bodies).isEmpty();
    }

    private static boolean exists(String shell) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, shell)));
    }

    @ParameterizedTest
    @CsvSource({
        "<&-, 0, 'got it\n', ''",
        ">&-, 1, '', 'restream send: file: can''t write to stdout: it is closed\n'",
        "2>&-, 0, 'got it\n', ''",
        "<&- >&-, 1, '', 'restream send: file: can''t write to stdout: it is closed\n'",
        "<&- 2>&-, 0, 'got it\n', ''",
        "<&- >&- 2>&-, 1, '', ''",
    })
    void a_file_is_sent_whatever_is_closed(String closed, int status, String out, String err) throws Exception {
        Ran ran = run("sh", "bin/restream send -s $ADDRESS file " + closed);

        assertThat(ran).isEqualTo(new Ran(status, out, err));
        assertThat(bodies).containsExactly("a file");
    }

    @Test
    void stdin_is_sent_when_others_are_closed() throws Exception {
        assertThat(run("sh", "bin/restream send -s $ADDRESS 2>&-")).isEqualTo(new Ran(0, "got it\n", ""));
        assertThat(bodies).containsExactly("a file");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "--version", "send --help", "listen --version", "demo"})
    void what_can_not_be_printed_is_an_error(String args) throws Exception {
        Ran closed = run("sh", "bin/restream " + args + " >&-");
        assertThat(closed.status).isEqualTo(ExitStatus.LOCAL);
        assertThat(closed.err).isEqualTo("restream: can't write to stdout: it is closed\n");

        Ran full = run("sh", "bin/restream " + args + " >/dev/full");
        assertThat(full.status).isEqualTo(ExitStatus.LOCAL);
        assertThat(full.err).isEqualTo("restream: can't write to stdout\n");
    }

    @Test
    void for_json_what_can_not_be_printed_is_a_line_of_json() throws Exception {
        Ran full = run("sh", "bin/restream send --log-format=json --help >/dev/full");
        assertThat(full.status).isEqualTo(ExitStatus.LOCAL);
        assertThat(full.err).isEqualTo("{\"event\":\"error\",\"message\":\"can't write to stdout\",\"exit\":1}\n");
    }

    /** An Error, which the command line's parser does not catch. */
    @Test
    void for_json_an_error_inside_is_a_line_of_json_too() throws Exception {
        String java = "$JAVA_HOME/bin/java -cp lib/all.jar org.restream.cli.ThrowingMain";
        Ran ran = run("sh", java + " send --log-format json");
        assertThat(ran.status).isEqualTo(ExitStatus.LOCAL);
        assertThat(ran.err)
                .isEqualTo("{\"event\":\"error\",\"message\":\"an error in thread main:"
                        + " java.lang.StackOverflowError: a bug\",\"exit\":1}\n");
    }

    @Test
    void a_self_contained_archive_runs_by_its_own_java_whatever_is_installed() throws Exception {
        dir("runtime/bin");
        Files.writeString(folder.resolve("runtime/release"), "JAVA_VERSION=\"25.0.9\"\n");
        script(folder.resolve("runtime/bin/java"), "echo own \"$@\"");
        for (String call :
                List.of("bin/restream demo", "JAVA_HOME=/none bin/restream demo", "PATH= bin/restream demo")) {
            Ran ran = run("sh", call);
            assertThat(ran.err).as(call).isEmpty();
            assertThat(ran.out).as(call).startsWith("own ").endsWith("org.restream.cli.Main demo\n");
        }
    }

    /** Without the script, the JVM opens its own files with the free descriptors. */
    @Test
    void without_the_launcher_no_file_of_the_jvm_is_sent() throws Exception {
        assumeTrue(Files.exists(Path.of("/proc/self/fd")));
        String java = "$JAVA_HOME/bin/java -cp lib/all.jar org.restream.cli.Main send -s $ADDRESS";
        for (String closed : List.of("<&-", "<&- 2>&-", "<&- >&-", ">&- <&- 2>&-")) {
            assertThat(run("sh", java + " " + closed).status).as(closed).isEqualTo(ExitStatus.LOCAL);
        }
        assertThat(bodies).isEmpty();

        assertThat(run("sh", java).out).isEqualTo("got it\n");
        assertThat(run("sh", java + " <lib/all.jar").out).isEqualTo("got it\n");
        assertThat(bodies).hasSize(2);
    }

    /**
     * The script of a checkout, which builds first, with a fake build and launcher that report which streams are open.
     */
    @ParameterizedTest
    @ValueSource(strings = {"", "<&-", "<&- >&-", ">&- 2>&-", "<&- >&- 2>&-"})
    void the_script_of_a_checkout_builds_and_leaves_closed_what_is_closed(String closed) throws Exception {
        Path root = dir("checkout");
        Files.copy(CHECKOUT.resolve("restream"), root.resolve("restream"));
        for (String file : List.of(
                "pom.xml",
                "core/pom.xml",
                "core/src/main/x",
                "files/pom.xml",
                "files/src/main/x",
                "cli/picocli/pom.xml",
                "cli/pom.xml")) {
            Files.createDirectories(root.resolve(file).getParent());
            Files.writeString(root.resolve(file), "");
        }
        dir("checkout/.mvn");
        dir("checkout/cli/src/main/dist/bin");
        script(
                root.resolve("cli/src/main/dist/bin/restream"),
                "[ \"${RESTREAM_LAUNCHER:-}\" ] && exit 0",
                "exec 9>\"$FOUND\"; for n in 0 1 2; do if [ -e /proc/$$/fd/$n ]; then echo $n >&9; fi; done");
        script(
                dir("tools").resolve("mvn"),
                "mkdir -p cli/target/quick/lib",
                "echo built",
                "cat >cli/target/quick/lib/x");

        String call = "FOUND=$PWD/found PATH=$PWD/tools:$PATH checkout/restream " + closed;
        for (int times = 1; times <= 2; times++) {
            assertThat(run("sh", call).status).as("call %d: %s", times, call).isZero();
            String open = Stream.of("0", "1", "2")
                    .filter(n -> !(" " + closed).contains(n.equals("0") ? "<&-" : n.equals("1") ? " >&-" : "2>&-"))
                    .collect(Collectors.joining("\n"));
            assertThat(Files.readString(folder.resolve("found")).strip()).isEqualTo(open);
        }
    }

    private static void script(Path file, String... lines) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + String.join("\n", lines) + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }
}
