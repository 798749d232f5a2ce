package org.restream.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.restream.Header;
import org.restream.Listener;
import org.restream.Restream;
import org.restream.RestreamServer;
import org.restream.ServerEvent;
import org.restream.ServerOptions;
import org.restream.cli.tls.ReloadedTls;
import org.restream.cli.tls.TlsFileException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "listen",
        description = {
            "Answers requests. Without --echo, --reply, --output or --exec each body goes to stdout, one after the"
                    + " other, and its header to stderr.",
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        usageHelpAutoWidth = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  restream listen > copy.bin --once",
            "                                 one body into a file, then the end",
            "  restream listen --echo         what comes goes back: to try out restream send",
            "  restream listen --reply ok --reply-header by=a",
            "                                 the same answer to everybody",
            "  restream listen --host 0.0.0.0 --output /backup --name '{db}-{time}.sql'",
            "                                 files, named by fields of the header",
            "  restream listen --exec 'gzip -9' --max-processes 4",
            "                                 a service made of a command",
            "  restream listen --exec-whole 'psql -1 -f -'",
            "                                 … that gets no body but a whole one",
            "  restream listen --exec 'echo \"hello, $RESTREAM_H_NAME\"'",
            "                                 … that looks at the header's field name",
            "  restream listen --cert server.pem --key server.key --client-ca ca.pem",
            "                                 TLS, for clients that have a certificate",
        })
final class ListenCommand implements Callable<Integer> {
    private static final int DEFAULT_PROCESSES = 64;

    @Spec
    private CommandSpec spec;

    @Mixin
    private OutputOptions output;

    @Mixin
    private ListenOptions options;

    @Mixin
    private ListenTlsOptions tls;

    @Override
    public Integer call() throws Exception {
        try {
            checkMode();
            ReloadedTls files = tls.load();
            return listen(tls.set(serverOptions(), files), files, HeaderField.header(options.replyHeader));
        } catch (IllegalArgumentException | TlsFileException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private void checkMode() {
        if (options.host.matches("[^:]*:[0-9]+")) {
            throw new IllegalArgumentException("--host '" + Printable.of(options.host)
                    + "' is no name or address: its port is given as -p " + options.host.replaceFirst(".*:", ""));
        }
        List<String> modes = new ArrayList<>();
        addIf(options.echo, "--echo", modes);
        addIf(options.reply != null, "--reply", modes);
        addIf(options.output != null, "--output", modes);
        addIf(options.exec != null, "--exec", modes);
        addIf(options.execWhole != null, "--exec-whole", modes);
        if (modes.size() > 1) {
            throw new IllegalArgumentException(String.join(" and ", modes) + " don't go together: choose one");
        }
        needs("--output", options.output, "--name", options.name != null);
        needs("--output", options.output, "--overwrite", options.overwrite);
        Object exec = options.exec == null ? options.execWhole : options.exec;
        needs("--exec or --exec-whole", exec, "--max-processes", options.maxProcesses != null);
        if (options.maxProcesses != null && options.maxProcesses < 1) {
            throw new IllegalArgumentException("--max-processes must be 1 or more, not " + options.maxProcesses);
        }
    }

    private static void addIf(boolean given, String option, List<String> modes) {
        if (given) {
            modes.add(option);
        }
    }

    private static void needs(String mode, @Nullable Object modeValue, String option, boolean given) {
        if (given && modeValue == null) {
            throw new IllegalArgumentException(option + " is for " + mode + ", which is not given");
        }
    }

    private ServerOptions serverOptions() {
        return ServerOptions.defaults()
                .host(options.host)
                .port(options.port)
                .maxConnections(options.once ? 1 : options.maxConnections)
                .maxConnectionsPerAddress(options.maxConnectionsPerAddress)
                .headerTimeout(options.headerTimeout)
                .idleTimeout(options.idleTimeout)
                .allowEmptyRequest(options.allowEmptyRequest)
                .closeGrace(options.grace);
    }

    private int listen(ServerOptions where, @Nullable ReloadedTls files, Header reply)
            throws CommandException, InterruptedException {
        ListenNotices notices = new ListenNotices(spec.commandLine().getErr(), output);
        ListenRun run = new ListenRun();
        CompletableFuture<RestreamServer> made = new CompletableFuture<>();
        Listener<ServerEvent> once = options.once ? new Once(made::join, run) : event -> {};
        RestreamServer.Handler handler = handler(reply, notices, run);
        RestreamServer server = Restream.createServer(
                where.listener(event -> {
                    notices.accept(event);
                    once.accept(event);
                }),
                handler);
        made.complete(server);
        Signals.each(signal -> run.interrupt(signal, isGoodEnd(signal), options.grace));
        if (files != null) {
            TlsWatch.start(files, notices);
        }
        try {
            return run.run(server);
        } catch (IOException e) {
            throw new CommandException(ExitStatus.LOCAL, String.valueOf(e.getMessage()), e);
        }
    }

    /** A service that is stopped has ended well; one exchange that was waited for, and did not come, has not. */
    private boolean isGoodEnd(String signal) {
        return signal.equals(Signals.TERMINATE) && !options.once;
    }

    private RestreamServer.Handler handler(Header reply, ListenNotices notices, ListenRun run) throws CommandException {
        if (options.echo) {
            return new EchoHandler(reply, options.maxBody);
        }
        if (options.reply != null) {
            return new ReplyHandler(options.reply, reply, options.maxBody);
        }
        if (options.output != null) {
            return outputHandler(options.output, reply, notices);
        }
        if (options.exec != null) {
            return execHandler(options.exec, false, reply, notices);
        }
        if (options.execWhole != null) {
            return execHandler(options.execWhole, true, reply, notices);
        }
        return new StdoutHandler(Stdout.stream(), new StdoutTrouble(notices, run), notices, reply, options.maxBody);
    }

    private RestreamServer.Handler execHandler(String command, boolean whole, Header reply, ListenNotices notices)
            throws CommandException {
        int processes = options.maxProcesses == null ? DEFAULT_PROCESSES : options.maxProcesses;
        try {
            ProcessPipes.check();
            if (whole) {
                removeLeftovers(SpoolFile.folder(), notices);
            }
        } catch (IOException e) {
            throw new CommandException(ExitStatus.LOCAL, "can't run commands: " + Causes.line(e), e);
        } catch (InterruptedException e) {
            throw new CommandException(ExitStatus.LOCAL, "interrupted", e);
        }
        return new ExecHandler(command, whole, processes, notices, reply, options.maxBody);
    }

    private static void removeLeftovers(Path folder, ListenNotices notices) throws IOException {
        for (String removed : PartFile.removeLeftovers(folder)) {
            notices.removed(removed);
        }
    }

    private RestreamServer.Handler outputHandler(Path folder, Header reply, ListenNotices notices)
            throws CommandException {
        if (!Files.isDirectory(folder)) {
            throw new IllegalArgumentException("--output '" + folder + "' is no folder: make it first");
        }
        NamePattern pattern = new NamePattern(options.name == null ? NamePattern.DEFAULT : options.name);
        try {
            removeLeftovers(folder, notices);
        } catch (IOException e) {
            throw new CommandException(ExitStatus.LOCAL, "can't look through " + folder + ": " + e, e);
        }
        OutputFolder files = new OutputFolder(folder, options.overwrite);
        return new OutputHandler(files, pattern, InstantSource.system(), reply, options.maxBody);
    }
}
