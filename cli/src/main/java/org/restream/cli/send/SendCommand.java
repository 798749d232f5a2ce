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
            "Sends stdin, or files, and writes the answer to stdout. It may start before the server, and comes back"
                    + " after every loss until the whole answer is there."
        },
        sortOptions = false,
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        footer = {
            "",
            "Examples:",
            "  A database's dump to whichever of two servers is there, whole or not at all:",
            "    restream send --exec 'pg_dump db' -H db=orders -s backup-a -s backup-b",
            "  What comes by a pipe, whose end says nothing of how the writer has ended:",
            "    tar -c docs | restream send -H name=docs.tar",
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
            "5 refused by the server, 130 interrupted, 141 stdout was closed.",
            "With several files: the highest."
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
            description = "Run a shell command and send what it writes, in place of a FILE; if it fails, the exchange"
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
        SendNotices log = new SendNotices(spec.qualifiedName(), output, err);
        ClientOptions options = secured(plain, log);
        Progress progress = new Progress();
        boolean watched = hasDisplay();
        SendRun run = new SendRun(new SendSettings(options, showHeader, SendSettings.PATIENCE), log, progress);
        SendInputs inputs = new SendInputs(header, noSpool);
        // where the log is JSON, nothing else may stand in it
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

    /** One that can't be named is said to be so when the others are sent. */
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
            throw usage("--exec takes a command, and '" + exec + "' is none");
        }
        if (exec != null && !files.isEmpty()) {
            throw usage("--exec takes no FILE, what the command writes is sent: " + files.get(0));
        }
        try {
            FileArguments.check(files);
        } catch (IllegalArgumentException e) {
            throw usage(Causes.line(e));
        }
    }

    private ParameterException usage(String line) {
        return new ParameterException(spec.commandLine(), line);
    }

    /** Whether there is somebody to look at a bar: and not while they type what is sent, in the same place. */
    private boolean hasDisplay() {
        return !output.quiet
                && output.logFormat == OutputOptions.LogFormat.text
                && Terminal.is(Terminal.STDERR)
                && !(exec == null && files().contains("-") && Terminal.is(Terminal.STDIN));
    }

    /** Where the answer goes to the same terminal, the bar makes way for it. */
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
