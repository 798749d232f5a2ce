package org.restream.cli.listen;

import java.io.IOException;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.restream.Header;
import org.restream.Listener;
import org.restream.Restream;
import org.restream.RestreamServer;
import org.restream.ServerEvent;
import org.restream.ServerOptions;
import org.restream.cli.command.CommandException;
import org.restream.cli.command.ExitStatus;
import org.restream.cli.command.HeaderField;
import org.restream.cli.command.Version;
import org.restream.cli.console.EventJson;
import org.restream.cli.console.OutputOptions;
import org.restream.cli.console.Signals;
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
            "Serves requests. Without --echo, --reply, --output or --exec it writes the bodies to stdout, one after the"
                    + " other, and the headers to stderr.",
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        usageHelpAutoWidth = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  restream listen > copy.bin --once",
            "                                 write one body to a file, then exit",
            "  restream listen --echo         send everything back, to try out restream send",
            "  restream listen --reply ok --reply-header by=a",
            "                                 the same answer to every request",
            "  restream listen --host 0.0.0.0 --output /backup --name '{db}-{time}.sql'",
            "                                 store files, named by fields of the header",
            "  restream listen --exec 'gzip -9' --max-processes 4",
            "                                 turn a command into a service",
            "  restream listen --exec-whole 'psql -1 -f -'",
            "                                 … and start it only for a whole body",
            "  restream listen --exec 'echo \"hello, $RESTREAM_H_NAME\"'",
            "                                 … with the field name of the header",
            "  restream listen --output /backup --sessions",
            "                                 … from senders that go on after a loss",
            "  restream listen --output /backup --metrics 127.0.0.1:9464",
            "                                 … and let Prometheus count",
            "  restream listen --cert server.pem --key server.key --client-ca ca.pem",
            "                                 TLS, only for clients with a certificate",
            "  restream listen --output /backup --proxy-protocol 127.0.0.1",
            "                                 … behind HAProxy on this machine",
        })
public final class ListenCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private OutputOptions output;

    @Mixin
    private ListenOptions options;

    @Mixin
    private SessionOptions sessions;

    @Mixin
    private ProxyOptions proxies;

    @Mixin
    private ListenTlsOptions tls;

    @Mixin
    private MetricsOptions metrics;

    @Override
    public Integer call() throws Exception {
        try {
            ListenModes.check(options);
            ReloadedTls files = tls.load();
            return listen(
                    tls.set(proxies.set(sessions.set(serverOptions(), options.once)), files),
                    files,
                    HeaderField.header(options.replyHeader));
        } catch (IllegalArgumentException | TlsFileException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private ServerOptions serverOptions() {
        return ServerOptions.defaults()
                .host(options.host == null ? ServerOptions.defaults().host() : options.host)
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
        ListenRun run = new ListenRun();
        try (ListenNotices notices =
                        new ListenNotices(spec.commandLine().getErr(), output, options.host, InstantSource.system());
                ListenMetrics counts = ListenMetrics.open(metrics.metrics, notices)) {
            CompletableFuture<RestreamServer> made = new CompletableFuture<>();
            Listener<ServerEvent> once = options.once ? new StopAfterOne(made::join, run) : event -> {};
            RestreamServer.Handler handler = new ListenModes(options, reply, notices, run).handler();
            RestreamServer server = Restream.createServer(
                    where.listener(event -> {
                        if (counts != null) {
                            counts.accept(event);
                        }
                        notices.accept(event);
                        warn(event, notices);
                        once.accept(event);
                    }),
                    notices.entries().around(counts == null ? handler : counts.around(handler)));
            made.complete(server);
            Thread.setDefaultUncaughtExceptionHandler(
                    (thread, e) -> notices.warning("an error in thread " + thread.getName() + ": " + e));
            Signals.each(signal -> run.interrupt(signal, isGoodEnd(signal), options.grace));
            if (files != null) {
                TlsWatch.start(files, notices);
            }
            if (counts != null) {
                shown(counts, files, notices, run);
            }
            run.run(server, notices::warning);
            if (handler instanceof ExecHandler exec) {
                exec.end();
            }
            if (handler instanceof OutputHandler stored) {
                stored.close();
            }
        } catch (IOException e) {
            throw new CommandException(ExitStatus.LOCAL, String.valueOf(e.getMessage()), e);
        }
        return run.finish();
    }

    private static void shown(ListenMetrics counts, @Nullable ReloadedTls files, ListenNotices notices, ListenRun run) {
        if (files != null) {
            counts.certificates(files, InstantSource.system());
        }
        run.onEnd(counts::stopping);
        notices.metricsAt(EventJson.text(counts.address()));
    }

    private void warn(ServerEvent event, ListenNotices notices) {
        if (event instanceof ServerEvent.Listening listening && options.output != null && options.host == null) {
            notices.onlyThisMachine(listening.address().getAddress());
        }
    }

    /**
     * Whether this signal is a normal end: it is for a service, not for {@code --once}, whose exchange has not come.
     */
    private boolean isGoodEnd(String signal) {
        return signal.equals(Signals.TERMINATE) && !options.once;
    }
}
