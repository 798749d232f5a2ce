package org.restream.cli;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.restream.ClientOptions;
import org.restream.cli.tls.TlsFileException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "send",
        description = {
            "Sends stdin, or files, and writes the answer to stdout. It may start before the server, and comes back"
                    + " after every loss until the whole answer is there."
        },
        sortOptions = false,
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        footer = {
            "",
            "Examples:",
            "  A database's dump to whichever of two servers is there:",
            "    pg_dump db | restream send -H db=orders -s backup-a -s backup-b",
            "  Four files at a time, each an exchange with 'name' and 'size' in its header:",
            "    restream send -j 4 *.tar",
            "  A header with a number, and the answer's header on stderr:",
            "    echo hello | restream send -i -H to=alice -H tries:=3",
            "  By TLS, with a certificate of one's own:",
            "    restream send -s backup-a --cacert ca.pem --cert me.pem --key me.key a.tar",
            "  For a script: no progress, five attempts at most, events as JSON:",
            "    restream send --log-format json --max-failures 5 report.csv",
            "",
            "Exit status: 0 done, 1 trouble on this side, 2 wrong usage, 3 gave up,",
            "4 lost and not to be sent again, or something else has arrived,",
            "130 interrupted, 141 stdout was closed.",
            "With several files: the highest."
        })
final class SendCommand implements Callable<Integer> {
    private static final Set<String> STDIN_NAMES = Set.of("/dev/stdin", "/dev/fd/0", "/proc/self/fd/0");

    @Parameters(
            paramLabel = "FILE",
            arity = "0..*",
            description = "What to send: a file, or - for stdin. Several: one exchange each. Default: stdin.")
    List<String> files = List.of("-");

    @Mixin
    private ConnectOptions connect;

    @Mixin
    private ConnectTlsOptions tls;

    @Mixin
    private HeaderOptions header;

    @Option(
            names = "-j",
            paramLabel = "N",
            description = "How many files are sent at a time. The answers still come in the order of the files."
                    + " Default: 1.")
    int jobs = 1;

    @Option(
            names = "--no-spool",
            description = "Keep no copy of stdin: after a loss it can't be sent again, which ends the command.")
    boolean noSpool;

    @Option(
            names = {"-i", "--show-header"},
            description = "The answer's header as a line of JSON on stderr.")
    boolean showHeader;

    @Mixin
    private OutputOptions output;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        ClientOptions plain = connect.toClientOptions(spec.commandLine());
        check();
        StatusLine err = new StatusLine(spec.commandLine().getErr());
        EventLog log = new EventLog(spec.qualifiedName(), output, err);
        ClientOptions options = secured(plain, log);
        Progress progress = new Progress();
        boolean watched = hasDisplay();
        SendRun run = new SendRun(options, showHeader, log, progress);
        for (String file : files) {
            run.add(input(file));
        }
        ProgressDisplay display = watched ? display(progress, err) : null;
        Interrupt interrupt = Interrupt.on(err::close);
        try {
            return run.run(jobs, new AnswerOutput(Stdout.stream(), beforeAnswer(display)));
        } finally {
            if (display != null) {
                display.close();
            }
            interrupt.off();
        }
    }

    private ClientOptions secured(ClientOptions plain, EventLog log) {
        try {
            return tls.set(plain, log.tls());
        } catch (IllegalArgumentException | TlsFileException e) {
            throw usage(Causes.line(e));
        }
    }

    private void check() {
        if (jobs < 1) {
            throw usage("Invalid value for option '-j': it takes 1 or more, not " + jobs);
        }
        if (files.stream().filter("-"::equals).count() > 1) {
            throw usage("stdin (-) can be sent only once");
        }
        for (String file : files) {
            if (!file.equals("-")) {
                check(file);
            }
        }
    }

    private void check(String file) {
        Path path = path(file);
        if (!Files.exists(path)) {
            String hint = file.matches("[0-9]{1,5}") ? "; a server's port follows a colon, as in -s host:" + file : "";
            throw usage(file + ": there is no such file" + hint);
        }
        if (Files.isDirectory(path)) {
            throw usage(file + ": it is a folder; a file is needed");
        }
        if (!Files.isReadable(path)) {
            throw usage(file + ": the file can't be read: permission denied");
        }
    }

    private Path path(String file) {
        try {
            return Path.of(file);
        } catch (InvalidPathException e) {
            throw usage(file + ": it is no file name: " + Causes.line(e));
        }
    }

    private ParameterException usage(String line) {
        return new ParameterException(spec.commandLine(), line);
    }

    private SendInput input(String file) {
        boolean several = files.size() > 1;
        if (file.equals("-")) {
            return new SendInput(several ? "stdin" : "", size -> header.with(Map.of()), this::stdin);
        }
        Path path = Path.of(file);
        if (STDIN_NAMES.contains(file) && ClosedStreams.contain(Terminal.STDIN)) {
            return new SendInput(file, size -> header.with(Map.of()), this::stdin);
        }
        if (Files.isRegularFile(path)) {
            return new SendInput(file, size -> header.with(fields(path, size)), failed -> FileBody.of(path));
        }
        // a pipe, such as the shell makes for <(command): it can be read once, as stdin
        return new SendInput(file, size -> header.with(Map.of()), failed -> stream(file, open(path), failed));
    }

    private static Map<String, Object> fields(Path file, long size) {
        Map<String, Object> fields = new LinkedHashMap<>();
        Path name = file.getFileName();
        fields.put("name", name == null ? file.toString() : name.toString());
        if (size >= 0) {
            fields.put("size", size);
        }
        return fields;
    }

    private Body stream(String name, InputStream in, Consumer<CommandException> failed) throws CommandException {
        return noSpool ? new LiveBody(in, name) : SpooledBody.start(in, name, failed);
    }

    private Body stdin(Consumer<CommandException> failed) throws CommandException {
        if (ClosedStreams.contain(Terminal.STDIN)) {
            throw new CommandException(ExitStatus.LOCAL, "can't read stdin: it is closed", null);
        }
        StdinFile file = StdinFile.find();
        return file == null ? stream("stdin", new FileInputStream(FileDescriptor.in), failed) : file;
    }

    private static InputStream open(Path path) throws CommandException {
        try {
            return Files.newInputStream(path);
        } catch (IOException e) {
            throw new CommandException(ExitStatus.LOCAL, "can't read it: " + Causes.line(e), e);
        }
    }

    /** Whether there is somebody to look at a bar: and not while they type what is sent, in the same place. */
    private boolean hasDisplay() {
        return !output.quiet
                && output.logFormat == OutputOptions.LogFormat.text
                && Terminal.is(Terminal.STDERR)
                && !(files.contains("-") && Terminal.is(Terminal.STDIN));
    }

    /** Where the answer goes to the same terminal, the bar makes way for it. */
    private static Runnable beforeAnswer(@Nullable ProgressDisplay display) {
        return display != null && Terminal.is(Terminal.STDOUT) ? display::close : () -> {};
    }

    private static ProgressDisplay display(Progress progress, StatusLine err) {
        String noColor = System.getenv("NO_COLOR");
        ProgressLine line = new ProgressLine(noColor == null || noColor.isEmpty());
        ProgressDisplay display = new ProgressDisplay(progress, err, line);
        display.start();
        return display;
    }
}
