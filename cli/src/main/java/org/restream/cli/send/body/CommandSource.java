package org.restream.cli.send.body;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.restream.cli.command.Causes;
import org.restream.cli.command.CommandException;
import org.restream.cli.command.ExitStatus;
import org.restream.cli.command.LinePump;

/**
 * The output of a shell command. It ends when all processes that have the command's stdout open have closed it, and
 * only if the command has ended with status 0: the output of a failed command is not complete.
 */
public final class CommandSource implements Source {
    public static final String NAME = "the output of --exec";

    private static final long LAST_LINES_MILLIS = 1_000;

    /**
     * The JVM closes its end of a process's stdout when that process ends, even if others still write to it. So the
     * script pipes the command into cat(1), which reads up to the true end, and the shell exits after both, with the
     * command's status.
     */
    private static final String SCRIPT = """
            exec 4>&1
            status=$({ { sh -c "$1" 3>&- 4>&-; echo $? >&3; } | cat >&4 3>&- 4>&-; } 3>&1)
            exit "${status:-1}"
            """;

    private final String command;
    private final Process process;
    private final InputStream stdout;
    private final CountDownLatch said = new CountDownLatch(1);

    private CommandSource(String command, Process process, @Nullable Consumer<String> lines) {
        this.command = command;
        this.process = process;
        stdout = process.getInputStream();
        if (lines == null) {
            said.countDown();
        } else {
            Thread hearing = new Thread(() -> hear(lines), "restream-stderr");
            hearing.setDaemon(true);
            hearing.start();
        }
    }

    /**
     * Starts the command, with the stdin of this process.
     *
     * @param lines gets each line of its stderr; null if it shares the stderr of this process
     */
    public static CommandSource start(String command, @Nullable Consumer<String> lines) throws CommandException {
        try {
            Process process = new ProcessBuilder("sh", "-c", SCRIPT, "sh", command)
                    .redirectInput(Redirect.INHERIT)
                    .redirectError(lines == null ? Redirect.INHERIT : Redirect.PIPE)
                    .start();
            return new CommandSource(command, process, lines);
        } catch (IOException e) {
            throw new CommandException(ExitStatus.LOCAL, "can't run sh for --exec: " + Causes.line(e), e);
        }
    }

    private void hear(Consumer<String> lines) {
        try (ReadableByteChannel stderr = Channels.newChannel(process.getErrorStream())) {
            new LinePump(stderr, lines).run();
        } catch (IOException e) {
            // closed together with the command
        } finally {
            said.countDown();
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int read(byte[] piece) throws CommandException {
        try {
            int count = stdout.read(piece);
            if (count < 0) {
                checkStatus();
            }
            return count;
        } catch (IOException e) {
            throw new CommandException(ExitStatus.LOCAL, "can't read " + name() + ": " + Causes.line(e), e);
        }
    }

    private void checkStatus() throws CommandException, IOException {
        int status;
        try {
            status = process.waitFor();
            // its last lines; background processes may keep the stderr open for ever, so the wait is limited
            boolean unused = said.await(LAST_LINES_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        if (status != 0) {
            throw new CommandException(
                    ExitStatus.LOCAL, "the command of --exec ended with status " + status + ": " + command, null);
        }
    }

    /**
     * Ends the command and its children, if they still run; first the shells, which would report the end of their
     * children.
     */
    @Override
    public void close() {
        if (process.isAlive()) {
            List<ProcessHandle> children = process.descendants().toList();
            process.destroy();
            children.forEach(ProcessHandle::destroy);
        }
    }
}
