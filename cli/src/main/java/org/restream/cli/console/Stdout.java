package org.restream.cli.console;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.restream.cli.command.ExitStatus;

/** The standard output as a plain stream, because {@link System#out} swallows errors, and buffers. */
public final class Stdout {
    private static final int FILE_TYPE = 0xf000;
    private static final int PIPE = 0x1000;
    private static final int SOCKET = 0xc000;
    /** What Linux tells of the file; the number of its flag {@code O_NONBLOCK}. */
    private static final Path FLAGS = Path.of("/proc/self/fdinfo/1");

    private static final int NON_BLOCKING = 0x800;

    private Stdout() {}

    public static OutputStream stream() {
        return ClosedStreams.contain(Terminal.STDOUT) ? new Closed() : new FileOutputStream(FileDescriptor.out);
    }

    /** Stands for a stdout that was closed before the command was started. Only a write to it fails. */
    private static final class Closed extends OutputStream {
        @Override
        public void write(int b) throws IOException {
            throw new IOException("it is closed");
        }
    }

    /**
     * The exit status of a command that has done everything else: a help text that could not be written is an error.
     *
     * @param said gets the error message
     */
    public static int status(PrintStream printed, Consumer<String> said) {
        if (!printed.checkError()) {
            return ExitStatus.DONE;
        }
        if (readerGone(new IOException())) {
            return ExitStatus.CLOSED_OUTPUT;
        }
        said.accept("can't write to stdout" + (ClosedStreams.contain(Terminal.STDOUT) ? ": it is closed" : ""));
        return ExitStatus.LOCAL;
    }

    /**
     * Whether a write failed because the reader has gone, as in {@code | head}, and not because of a full disk, say.
     * The error's text is in the user's language, so the kind of output decides: a write to a pipe fails for no other
     * reason, unless another program that shares the pipe has set it not to wait for its reader.
     */
    public static boolean readerGone(IOException error) {
        try {
            Object mode = Files.getAttribute(Path.of("/dev/stdout"), "unix:mode");
            int type = mode instanceof Integer bits ? bits & FILE_TYPE : 0;
            return (type == PIPE || type == SOCKET) && (!isNonBlocking() || isBrokenPipe(error));
        } catch (IOException | IllegalArgumentException | UnsupportedOperationException e) {
            return String.valueOf(error.getMessage()).contains("roken pipe");
        }
    }

    private static boolean isNonBlocking() throws IOException {
        if (!Files.isReadable(FLAGS)) {
            // not on Linux
            return false;
        }
        for (String line : Files.readAllLines(FLAGS)) {
            if (line.startsWith("flags:")) {
                return (Integer.parseInt(line.substring("flags:".length()).strip(), 8) & NON_BLOCKING) != 0;
            }
        }
        return false;
    }

    /** Compares with the error of a pipe of our own that nobody reads, which is in the same language. */
    private static boolean isBrokenPipe(IOException error) throws IOException {
        Pipe pipe = Pipe.open();
        pipe.source().close();
        try (Pipe.SinkChannel sink = pipe.sink()) {
            int unused = sink.write(ByteBuffer.allocate(1));
            return false;
        } catch (IOException broken) {
            return String.valueOf(broken.getMessage()).equals(error.getMessage());
        }
    }
}
