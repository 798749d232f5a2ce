package org.restream.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a {@code main} of the test class path in a JVM of its own. */
public final class JavaProcess implements AutoCloseable {
    private final Process process;
    private final BufferedReader out;
    private final Writer in;

    private JavaProcess(Process process) {
        this.process = process;
        this.out = process.inputReader();
        this.in = process.outputWriter();
    }

    public static JavaProcess start(Class<?> main, Object... arguments) throws IOException {
        return start(List.of(), main, arguments);
    }

    public static JavaProcess start(List<String> jvmOptions, Class<?> main, Object... arguments) throws IOException {
        return new JavaProcess(builder(jvmOptions, main.getName(), arguments)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /** Runs the restream command, with its stderr redirected to stdout. */
    public static JavaProcess command(Object... arguments) throws IOException {
        return new JavaProcess(builder(List.of(), "org.restream.cli.Main", arguments)
                .redirectErrorStream(true)
                .start());
    }

    private static ProcessBuilder builder(List<String> jvmOptions, String main, Object... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // small and quick to start, because there are few processors and many tests
        command.addAll(List.of("-Xmx128m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        command.addAll(jvmOptions);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main));
        Arrays.stream(arguments).map(String::valueOf).forEach(command::add);
        return new ProcessBuilder(command);
    }

    /** Writes a line to its stdin. */
    public void say(String line) throws IOException {
        in.write(line + "\n");
        in.flush();
    }

    /** Reads the next line of its output; null when it has ended. */
    public String line() throws IOException {
        return out.readLine();
    }

    /** Waits for its end, and returns its exit code. */
    public int exitCode() throws InterruptedException {
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            throw new AssertionError("the process goes on: " + process.info().commandLine());
        }
        return process.exitValue();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Wraps a process that was started in another way. */
    public static JavaProcess of(Process process) {
        return new JavaProcess(process);
    }

    /** Sends a signal by its name, such as STOP. */
    public void signal(String name) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                .inheritIO()
                .start();
        if (kill.waitFor() != 0) {
            throw new IOException("the process takes no signal");
        }
    }

    /** SIGKILL. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() throws Exception {
        kill();
    }
}
