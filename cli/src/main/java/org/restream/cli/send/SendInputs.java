package org.restream.cli.send;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.restream.Header;
import org.restream.cli.command.Causes;
import org.restream.cli.command.CommandException;
import org.restream.cli.command.ExitStatus;
import org.restream.cli.console.ClosedStreams;
import org.restream.cli.console.Terminal;
import org.restream.cli.send.body.Body;
import org.restream.cli.send.body.CommandSource;
import org.restream.cli.send.body.FileBody;
import org.restream.cli.send.body.LiveBody;
import org.restream.cli.send.body.Source;
import org.restream.cli.send.body.Spool;
import org.restream.cli.send.body.SpooledBody;
import org.restream.cli.send.body.StdinFile;
import org.restream.cli.send.body.StreamSource;

/** Makes the {@link SendInput}s for the files, or the command, on the command line. */
final class SendInputs {
    private static final Set<String> STDIN_NAMES = Set.of("-", "/dev/stdin", "/dev/fd/0", "/proc/self/fd/0");

    private final HeaderOptions header;
    private final boolean noSpool;
    private final boolean resume;

    /** The open source; a shell command is the only input. */
    private volatile @Nullable Source opened;

    SendInputs(HeaderOptions header, boolean noSpool, boolean resume) {
        this.header = header;
        this.noSpool = noSpool;
        this.resume = resume;
    }

    /** The inputs for these files; {@code -} is stdin. */
    List<SendInput> of(List<String> files) {
        boolean labelled = files.size() > 1;
        return files.stream()
                .map(file -> file.equals("-") ? ofStdin(labelled ? "stdin" : "") : ofFile(file))
                .toList();
    }

    /**
     * The input for the output of a shell command.
     *
     * @param lines gets each line of its stderr; null if it shares the stderr of this process
     */
    SendInput ofCommand(String command, @Nullable Consumer<String> lines) {
        return new SendInput(
                "",
                this::withoutSize,
                failed -> once(CommandSource.NAME, () -> CommandSource.start(command, lines), failed));
    }

    private SendInput ofStdin(String label) {
        return new SendInput(label, size -> header.with(size(size)), this::stdin);
    }

    private SendInput ofFile(String file) {
        if (STDIN_NAMES.contains(file) && ClosedStreams.contain(Terminal.STDIN)) {
            return ofStdin(file);
        }
        Path path = Path.of(file);
        if (Files.isRegularFile(path)) {
            return new SendInput(
                    file, size -> header.with(fields(path, size)), failed -> FileBody.of(path), resume ? path : null);
        }
        // a pipe, such as the shell makes for <(command): it can be read once, as stdin
        return new SendInput(file, this::withoutSize, failed -> once(file, () -> pipe(path, file), failed));
    }

    private Header withoutSize(long size) {
        return header.with(Map.of());
    }

    private static Map<String, Object> fields(Path file, long size) {
        Map<String, Object> fields = new LinkedHashMap<>();
        Path name = file.getFileName();
        fields.put("name", name == null ? file.toString() : name.toString());
        fields.putAll(size(size));
        return fields;
    }

    /** Of what is known to be so long: a regular file. */
    private static Map<String, Long> size(long size) {
        return size < 0 ? Map.of() : Map.of("size", size);
    }

    private Body stdin(Consumer<CommandException> failed) throws CommandException {
        if (ClosedStreams.contain(Terminal.STDIN)) {
            throw new CommandException(ExitStatus.LOCAL, "can't read stdin: it is closed", null);
        }
        StdinFile file = StdinFile.find();
        return file == null ? once("stdin", SendInputs::stdinStream, failed) : file;
    }

    private static Source stdinStream() {
        return new StreamSource(new FileInputStream(FileDescriptor.in), "stdin");
    }

    private static Source pipe(Path path, String name) throws CommandException {
        try {
            return new StreamSource(Files.newInputStream(path), name);
        } catch (IOException e) {
            throw new CommandException(ExitStatus.LOCAL, "can't read it: " + Causes.withoutFile(e), e);
        }
    }

    private interface SourceOpener {
        Source open() throws CommandException;
    }

    /** Creates the spool before it opens the source, because opening can't be undone. */
    private Body once(String name, SourceOpener opener, Consumer<CommandException> failed) throws CommandException {
        if (noSpool) {
            return new LiveBody(open(opener));
        }
        Spool spool = Spool.open(name);
        return SpooledBody.start(open(opener), spool, failed);
    }

    private Source open(SourceOpener opener) throws CommandException {
        Source source = opener.open();
        opened = source;
        return source;
    }

    /** Ends the command of {@code --exec}, because this process is interrupted. */
    void stop() {
        Source last = opened;
        if (last != null) {
            last.close();
        }
    }
}
