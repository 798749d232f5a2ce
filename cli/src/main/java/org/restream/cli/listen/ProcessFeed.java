package org.restream.cli.listen;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes a body to a command's stdin, through cat(1). The JDK closes the pipes of a process as soon as it has ended,
 * even if its children still read; it does not know the pipe between cat and the command. A named pipe would not do: a
 * process that opens /dev/stdin after everything has been written would wait for ever.
 */
final class ProcessFeed {
    /** The status of a process that SIGPIPE has ended: the reader has gone. */
    private static final int NOBODY_READS = 141;

    private static final int BY_A_SIGNAL = 128;

    private final Process cat;
    private final OutputStream in;
    private final @Nullable Object pipe;

    private ProcessFeed(Process cat) {
        this.cat = cat;
        in = cat.getOutputStream();
        pipe = outputOf(cat.pid());
    }

    /** Identifies the pipe among the open files of processes; null if the system does not show it. */
    private static @Nullable Object outputOf(long pid) {
        try {
            return Files.readAttributes(Path.of("/proc", Long.toString(pid), "fd", "1"), BasicFileAttributes.class)
                    .fileKey();
        } catch (IOException e) {
            return null;
        }
    }

    /** A command, and its feed. */
    record Fed(Process command, ProcessFeed feed) {}

    /** Starts the command with the pipe as its stdin. */
    static Fed start(ProcessBuilder command) throws IOException {
        List<String> cat = new ArrayList<>(ProcessGroup.prefix());
        cat.add("cat");
        // a pipeline that could not be started has left a pipe of its own there, which the JDK does not take again
        command.redirectInput(ProcessBuilder.Redirect.PIPE);
        List<Process> started = ProcessBuilder.startPipeline(
                List.of(new ProcessBuilder(cat).redirectError(ProcessBuilder.Redirect.DISCARD), command));
        return new Fed(started.get(1), new ProcessFeed(started.get(0)));
    }

    /** Returns false if nobody reads any more: a command need not read the whole body. */
    boolean write(byte[] bytes, int length) {
        try {
            in.write(bytes, 0, length);
            in.flush();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Ends the command's stdin, because the body has ended. */
    void end() {
        try {
            in.close();
        } catch (IOException e) {
            // nobody reads any more
        }
    }

    /** Whether a process of the group may still read from the pipe. */
    boolean isReadBy(ProcessGroup group) {
        return pipe != null && group.hasOpen(pipe);
    }

    /** Throws if cat has been killed, which the command would have seen as the end of the body. */
    void check() throws IOException {
        if (!cat.isAlive() && cat.exitValue() > BY_A_SIGNAL && cat.exitValue() != NOBODY_READS) {
            throw new IOException("the process that feeds the command ended with status " + cat.exitValue());
        }
    }

    /** Kills cat. Call it only when no process is left that could mistake this for the end of the body. */
    void kill() {
        cat.destroyForcibly();
        end();
    }
}
