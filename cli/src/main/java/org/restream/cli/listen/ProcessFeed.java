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
 * Hands a body to a command, through cat(1). So the pipe that the command reads is not known to the JDK, which would close it as
 * soon as the command's shell has ended, whoever still reads. A named pipe is no help: who opens /dev/stdin after all has been
 * written would wait for ever.
 */
final class ProcessFeed {
    /** As a shell says that SIGPIPE has ended a process: who reads has gone. */
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

    /** What tells this pipe from others among somebody's open files; null where the system does not say. */
    private static @Nullable Object outputOf(long pid) {
        try {
            return Files.readAttributes(Path.of("/proc", Long.toString(pid), "fd", "1"), BasicFileAttributes.class)
                    .fileKey();
        } catch (IOException e) {
            return null;
        }
    }

    /** A command, and what feeds it. */
    record Fed(Process command, ProcessFeed feed) {}

    /** Starts the command, whose stdin is the pipe. */
    static Fed start(ProcessBuilder command) throws IOException {
        List<String> cat = new ArrayList<>(ProcessGroup.prefix());
        cat.add("cat");
        List<Process> started = ProcessBuilder.startPipeline(
                List.of(new ProcessBuilder(cat).redirectError(ProcessBuilder.Redirect.DISCARD), command));
        return new Fed(started.get(1), new ProcessFeed(started.get(0)));
    }

    /** False where nobody reads any more: a command need not read all there is. */
    boolean write(byte[] bytes, int length) {
        try {
            in.write(bytes, 0, length);
            in.flush();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** The body has ended, and the command may know. */
    void end() {
        try {
            in.close();
        } catch (IOException e) {
            // nobody reads any more
        }
    }

    /** Whether any of the group may read what is still to come. */
    boolean isReadBy(ProcessGroup group) {
        return pipe != null && group.hasOpen(pipe);
    }

    /** Throws where somebody has ended it, and the command has taken that for the body's end. */
    void check() throws IOException {
        if (!cat.isAlive() && cat.exitValue() > BY_A_SIGNAL && cat.exitValue() != NOBODY_READS) {
            throw new IOException("the process that feeds the command ended with status " + cat.exitValue());
        }
    }

    /** Only when nobody reads any more who could take it for an end. */
    void kill() {
        cat.destroyForcibly();
        end();
    }
}
