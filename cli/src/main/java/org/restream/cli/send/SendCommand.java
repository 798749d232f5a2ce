package org.restream.cli.send;

import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.restream.ClientOptions;
import org.restream.cli.command.Causes;
import org.restream.cli.command.Version;
import org.restream.cli.console.Interrupt;
import org.restream.cli.console.OutputOptions;
import org.restream.cli.console.StatusLine;
import org.restream.cli.console.Stdout;
import org.restream.cli.console.Terminal;
import org.restream.cli.send.progress.Progress;
import org.restream.cli.send.progress.ProgressDisplay;
import org.restream.cli.send.progress.ProgressLine;
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
            "Sends stdin or files, and writes the answer to stdout. You can start it before the server. It tries again"
                    + " after every loss until the whole answer is there."
        },
        sortOptions = false,
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        footer = {
            "",
            "Examples:",
            "  Send a database dump to whichever of two servers is up, whole or not at all:",
            "    restream send --exec 'pg_dump db' -H db=orders -s backup-a -s backup-b",
            "  Send from a pipe (if its writer fails, it looks complete all the same):",
            "    tar -c docs | restream send -H name=docs.tar",
            "  Send files, four at a time, with 'name' and 'size' in their headers:",
            "    restream send -j 4 *.tar",
            "  Send a header with a number, and show the answer's header on stderr:",
            "    echo hello | restream send -i -H to=alice -H tries:=3",
            "  Go on at the same byte after a lost connection (see listen --sessions):",
            "    restream send --session -s backup-a big.tar",
            "  Use TLS, and show a certificate:",
            "    restream send -s backup-a --cacert ca.pem --cert me.pem --key me.key a.tar",
            "  In a script: no progress, at most five attempts, events as JSON:",
            "    restream send --log-format json --max-failures 5 report.csv",
            "",
            "Exit status: 0 success, 1 local error, 2 wrong usage, 3 gave up,",
            "4 lost and can't be sent again, or the server received something else,",
            "5 refused by the server, 6 with --session: the server may or may not have",
            "received it, 130 interrupted, 141 stdout was closed.",
            "With several files, the highest one."
        })
public final class SendCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "FILE",
            arity = "0..*",
            description = "What to send: a file, or - for stdin. Several: one exchange each. Default: stdin.")
    List<String> files = List.of();

    @Option(
            names = "--exec",
            paramLabel = "CMD",
            description =
                    "Run a shell command and send its output instead of a FILE. If the command fails, the exchange"
                            + " is aborted.")
    @Nullable
    String exec;

    @Mixin
    private ConnectOptions connect;

    @Mixin
    private ConnectTlsOptions tls;

    @Mixin
    private HeaderOptions header;

    @Option(
            names = "-j",
            paramLabel = "N",
            description = "How many files are sent at a time. The answers are still written in the order of the files."
                    + " Default: 1.")
    int jobs = 1;

    @Option(
            names = "--resume",
            description =
                    "After a loss, send only what the server does not have yet, also when this command was killed and"
                            + " is started again with the same files and servers. For files, to a server that takes uploads, such"
                            + " as listen --output; not for stdin, of which nothing is left after the command's own end.")
    boolean resume;

    @Option(
            names = "--no-spool",
            description = "Keep no copy of stdin. After a loss it can't be sent again, so the command ends.")
    boolean noSpool;

    @Option(
            names = {"-i", "--show-header"},
            description = "Print the answer's header on stderr, as one line of JSON.")
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
        SendNotices log = new SendNotices(spec.qualifiedName(), output, err);
        ClientOptions options = secured(plain, log);
        Progress progress = new Progress();
        boolean watched = hasDisplay();
        SendRun run = new SendRun(new SendSettings(options, showHeader, SendSettings.PATIENCE), log, progress);
        SendInputs inputs = new SendInputs(header, noSpool, resume);
        // a JSON log must contain nothing else
        (exec != null ? List.of(inputs.ofCommand(exec, log.isJson() ? log::said : null)) : inputs.of(readable()))
                .forEach(run::add);
        files.stream().filter(GarbledName::is).forEach(file -> run.refuse(file, GarbledName.trouble()));
        ProgressDisplay display = watched ? display(progress, err) : null;
        Interrupt interrupt = Interrupt.on(() -> {
            err.close();
            inputs.stop();
        });
        try {
            return run.run(jobs, new AnswerOutput(Stdout.stream(), beforeAnswer(display)));
        } finally {
            if (display != null) {
                display.close();
            }
            interrupt.off();
        }
    }

    private List<String> files() {
        return files.isEmpty() ? List.of("-") : files;
    }

    /** Files whose names Java can't represent are left out here, and reported when the others are sent. */
    private List<String> readable() {
        return files().stream().filter(file -> !GarbledName.is(file)).toList();
    }

    private ClientOptions secured(ClientOptions plain, SendNotices log) {
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
        if (exec != null && exec.isBlank()) {
            throw usage("--exec needs a command, not '" + exec + "'");
        }
        if (exec != null && !files.isEmpty()) {
            throw usage("--exec sends the command's output, so it takes no FILE: " + files.get(0));
        }
        if (resume && exec != null) {
            throw usage("--resume is for files, and --exec sends what a command writes");
        }
        try {
            FileArguments.check(files);
            if (resume) {
                FileArguments.checkCanResume(files());
            }
        } catch (IllegalArgumentException e) {
            throw usage(Causes.line(e));
        }
    }

    private ParameterException usage(String line) {
        return new ParameterException(spec.commandLine(), line);
    }

    /** Whether to show a bar: somebody can see it, and they are not typing the input in the same place. */
    private boolean hasDisplay() {
        return !output.quiet
                && output.logFormat == OutputOptions.LogFormat.text
                && Terminal.is(Terminal.STDERR)
                && !(exec == null && files().contains("-") && Terminal.is(Terminal.STDIN));
    }

    /** Takes the bar away if the answer goes to the same terminal. */
    private static Runnable beforeAnswer(@Nullable ProgressDisplay display) {
        return display != null && Terminal.is(Terminal.STDOUT) ? display::close : () -> {};
    }

    private static ProgressDisplay display(Progress progress, StatusLine err) {
        String noColor = System.getenv("NO_COLOR");
        ProgressLine line = new ProgressLine(noColor == null || noColor.isEmpty());
        ProgressDisplay display = new ProgressDisplay(progress, err, line, Terminal::width);
        display.start();
        return display;
    }
}
