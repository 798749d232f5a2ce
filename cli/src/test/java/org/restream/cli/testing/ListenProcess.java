package org.restream.cli.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code restream listen} in a process of its own. */
public final class ListenProcess implements AutoCloseable {
    private static final Pattern LISTENING = Pattern.compile("127\\.0\\.0\\.1:([0-9]+)");

    private final Process process;
    private final BlockingQueue<String> stderr = new LinkedBlockingQueue<>();
    private final Queue<String> all = new ConcurrentLinkedQueue<>();
    private final Thread reader;
    private InetSocketAddress address;

    private ListenProcess(Process process) {
        this.process = process;
        reader = new Thread(this::readStderr, "stderr");
        reader.setDaemon(true);
        reader.start();
    }

    /** Starts it at a free port, and returns when it listens. */
    public static ListenProcess start(String... args) throws Exception {
        return start(Redirect.PIPE, args);
    }

    public static ListenProcess start(Redirect stdout, String... args) throws Exception {
        ListenProcess started = run(stdout, args);
        started.awaitAddress();
        return started;
    }

    /** Waits until it listens, and returns where. */
    public InetSocketAddress awaitAddress() throws InterruptedException {
        Matcher listening = LISTENING.matcher(line("listening"));
        assertThat(listening.find()).isTrue();
        address = new InetSocketAddress("127.0.0.1", Integer.parseInt(listening.group(1)));
        return address;
    }

    /** Starts it in a JVM with this option; bodies on stdout are discarded. */
    public static ListenProcess withJvmOption(String option, String... args) throws IOException {
        List<String> command = new ArrayList<>(command());
        command.add(1, option);
        command.addAll(List.of(args));
        return new ListenProcess(
                new ProcessBuilder(command).redirectOutput(Redirect.DISCARD).start());
    }

    /** Starts it at a free port with this folder for temporary files, and returns when it listens. */
    public static ListenProcess withTemporaryFolder(Path folder, String... args) throws Exception {
        return withVariable("TMPDIR", folder.toString(), args);
    }

    /** Starts it at a free port with this environment variable, and returns when it listens. */
    public static ListenProcess withVariable(String name, String value, String... args) throws Exception {
        List<String> command = new ArrayList<>(command());
        command.addAll(List.of(args));
        ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(Redirect.DISCARD);
        builder.environment().put(name, value);
        ListenProcess started = new ListenProcess(builder.start());
        started.awaitAddress();
        return started;
    }

    /** Starts it, at a free port unless the arguments have one. */
    public static ListenProcess run(Redirect stdout, String... args) throws IOException {
        List<String> command = new ArrayList<>(FreshSignals.prefix());
        command.addAll(command());
        List<String> given = List.of(args);
        if (given.contains("-p")) {
            command.remove("--port=0");
        }
        command.addAll(given);
        return new ListenProcess(
                new ProcessBuilder(command).redirectOutput(stdout).start());
    }

    /** The command line that starts it at a free port. */
    public static List<String> command() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                "org.restream.cli.Main",
                "listen",
                "--port=0");
    }

    private void readStderr() {
        try (BufferedReader lines = process.errorReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                all.add(line);
                stderr.add(line);
            }
        } catch (IOException e) {
            // the process has been killed
        }
    }

    public InetSocketAddress address() {
        return address;
    }

    /** Waits for the next line on stderr that contains this text. */
    public String line(String part) throws InterruptedException {
        while (true) {
            String line = stderr.poll(30, TimeUnit.SECONDS);
            assertThat(line).as("a line with '%s' in %s", part, all).isNotNull();
            if (line.contains(part)) {
                return line;
            }
        }
    }

    /** The lines on stderr so far; all of them when it has ended. */
    public List<String> lines() throws InterruptedException {
        if (!process.isAlive()) {
            reader.join(30_000);
        }
        return List.copyOf(all);
    }

    public String stdout() throws IOException {
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    public String stdoutBytes(int length) throws IOException {
        return new String(process.getInputStream().readNBytes(length), StandardCharsets.UTF_8);
    }

    public void closeStdout() throws IOException {
        process.getInputStream().close();
    }

    public void signal(String name) throws Exception {
        Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
        assertThat(kill.waitFor()).isZero();
    }

    public int exit() throws InterruptedException {
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).as("ended").isTrue();
        return process.exitValue();
    }

    @Override
    public void close() throws Exception {
        process.destroyForcibly().waitFor();
    }
}
