package org.restream.reliability.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** Running commands, and their output. {@link Hosts} ends those that are left. */
public final class Shell {
    private static final Duration LIMIT = Duration.ofSeconds(40);

    private final String commands;
    private final Process process;
    private final Path stdout;
    private final Path stderr;

    private Shell(String commands, Process process, Path stdout, Path stderr) {
        this.commands = commands;
        this.process = process;
        this.stdout = stdout;
        this.stderr = stderr;
    }

    /** Starts commands with their output in files of this folder. */
    static Shell start(String commands, ProcessBuilder builder, Path folder) throws IOException {
        Path stdout = Files.createTempFile(folder, "stdout-", null);
        Path stderr = Files.createTempFile(folder, "stderr-", null);
        Process process = builder.redirectOutput(stdout.toFile())
                .redirectError(stderr.toFile())
                .start();
        process.getOutputStream().close();
        return new Shell(commands, process, stdout, stderr);
    }

    public String printed() throws IOException {
        return Files.readString(stdout);
    }

    public String said() throws IOException {
        return Files.readString(stderr);
    }

    /** Waits until stderr has this text. */
    public Shell saying(String text) {
        return await(text, stderr);
    }

    /** Waits until stdout has this text. */
    public Shell printing(String text) {
        return await(text, stdout);
    }

    private Shell await(String text, Path file) {
        Awaitility.await(commands + " to say \"" + text + "\"")
                .atMost(LIMIT)
                .failFast(() -> assertThat(
                                process.isAlive() || Files.readString(file).contains(text))
                        .as("%s%nended without \"%s\", and said:%n%s", commands, text, said())
                        .isTrue())
                .until(() -> Files.readString(file).contains(text));
        return this;
    }

    /** Waits for its end, and checks the status. */
    public Shell endsWith(int status) throws IOException, InterruptedException {
        boolean ended = process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS);
        assertThat(ended).as("%s%ngoes on, and said:%n%s", commands, said()).isTrue();
        assertThat(process.exitValue())
                .as("%s%nprinted:%n%s%nand said:%n%s", commands, printed(), said())
                .isEqualTo(status);
        return this;
    }

    public boolean succeeds() throws InterruptedException {
        return process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS) && process.exitValue() == 0;
    }

    /** Sends SIGTERM to the processes that the shell (or unshare) runs, or to the process that has replaced the shell. */
    public Shell terminate() {
        running().forEach(ProcessHandle::destroy);
        return this;
    }

    /** The same with SIGKILL. */
    public Shell kill() {
        running().forEach(ProcessHandle::destroyForcibly);
        return this;
    }

    private List<ProcessHandle> running() {
        List<ProcessHandle> children = process.children().toList();
        boolean waits = process.info().command().orElse("").matches(".*/((da|ba)?sh|unshare)");
        return waits && !children.isEmpty() ? children : List.of(process.toHandle());
    }
}
