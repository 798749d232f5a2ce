package org.restream.cli.listen;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.restream.Header;
import org.restream.RestreamServer;
import org.restream.cli.command.Causes;
import org.restream.cli.command.CommandException;
import org.restream.cli.command.ExitStatus;
import org.restream.cli.command.Printable;
import org.restream.cli.command.SpoolFile;
import org.restream.cli.console.Stdout;
import org.restream.cli.listen.store.NamePattern;
import org.restream.cli.listen.store.OutputFolder;
import org.restream.cli.listen.store.PartFile;
import org.restream.cli.listen.store.WholeFiles;
import org.restream.files.FolderStore;
import org.restream.files.FolderStoreBuilder;

/** The modes of {@code listen}, which decide what happens with a request; each has options of its own. */
final class ListenModes {
    private static final int DEFAULT_PROCESSES = 64;
    private static final Duration DEFAULT_KEEP_PARTIAL = Duration.ofHours(24);

    private final ListenOptions options;
    private final Header reply;
    private final ListenNotices notices;
    private final ListenRun run;

    ListenModes(ListenOptions options, Header reply, ListenNotices notices, ListenRun run) {
        this.options = options;
        this.reply = reply;
        this.notices = notices;
        this.run = run;
    }

    /** Rejects combinations of options that make no sense. */
    static void check(ListenOptions options) {
        if (options.host != null && options.host.matches("[^:]*:[0-9]+")) {
            throw new IllegalArgumentException("--host '" + Printable.of(options.host)
                    + "' is not a host name or address: give the port as -p "
                    + options.host.replaceFirst(".*:", ""));
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
        needs("--output", options.output, "--keep-partial", options.keepPartial != null);
        needs("--output", options.output, "--max-partial", options.maxPartial != null);
        if (options.keepPartial != null && options.keepPartial.isZero()) {
            throw new IllegalArgumentException("--keep-partial must be more than 0, not 0");
        }
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
            throw new IllegalArgumentException(option + " needs " + mode);
        }
    }

    /** The handler that the options ask for. Checks what it needs now, and not with the first request. */
    RestreamServer.Handler handler() throws CommandException, InterruptedException {
        if (options.echo) {
            return new EchoHandler(reply, options.maxBody);
        }
        if (options.reply != null) {
            return new ReplyHandler(options.reply, reply, options.maxBody);
        }
        if (options.output != null) {
            return outputHandler(options.output);
        }
        if (options.exec != null) {
            return execHandler(options.exec, false);
        }
        if (options.execWhole != null) {
            return execHandler(options.execWhole, true);
        }
        return new StdoutHandler(Stdout.stream(), new StdoutTrouble(notices, run), notices, reply, options.maxBody);
    }

    private RestreamServer.Handler execHandler(String command, boolean whole)
            throws CommandException, InterruptedException {
        int processes = options.maxProcesses == null ? DEFAULT_PROCESSES : options.maxProcesses;
        try {
            ProcessPipes.check();
            if (whole) {
                removeLeftovers(SpoolFile.folder());
            }
        } catch (IOException e) {
            throw new CommandException(ExitStatus.LOCAL, "can't run commands: " + Causes.line(e), e);
        }
        return new ExecHandler(command, whole, processes, notices, reply, options.maxBody);
    }

    private void removeLeftovers(Path folder) throws IOException {
        for (String removed : PartFile.removeLeftovers(folder)) {
            notices.removed(removed);
        }
    }

    private RestreamServer.Handler outputHandler(Path folder) throws CommandException {
        if (!Files.isDirectory(folder)) {
            throw new IllegalArgumentException("--output '" + folder + "' is not a folder: create it first");
        }
        NamePattern pattern = new NamePattern(options.name == null ? NamePattern.DEFAULT : options.name);
        try {
            removeLeftovers(folder);
        } catch (IOException e) {
            throw new CommandException(ExitStatus.LOCAL, "can't read the folder " + folder + ": " + e, e);
        }
        OutputFolder files = new OutputFolder(folder, options.overwrite);
        try {
            files.newPart().close();
        } catch (IOException e) {
            throw new CommandException(ExitStatus.LOCAL, "can't write to " + folder + ": " + Causes.line(e), e);
        }
        OutputNames names = new OutputNames(pattern, InstantSource.system());
        return new OutputHandler(files, names, uploads(folder, files, names), reply, options.maxBody);
    }

    private OutputUploads uploads(Path folder, OutputFolder files, OutputNames names) throws CommandException {
        WholeFiles whole = new WholeFiles(files, folder, options.overwrite);
        FolderStoreBuilder store = FolderStore.at(folder)
                .keep(options.keepPartial == null ? DEFAULT_KEEP_PARTIAL : options.keepPartial)
                .maxBytes(options.maxPartial == null ? 0 : options.maxPartial);
        try {
            return OutputUploads.open(store, whole, names, options.maxBody);
        } catch (IOException e) {
            throw new CommandException(ExitStatus.LOCAL, "can't keep uploads in " + folder + ": " + Causes.line(e), e);
        }
    }
}
