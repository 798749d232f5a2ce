package org.restream.cli.listen;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.restream.Restream;
import org.restream.cli.command.HeaderField;
import org.restream.cli.command.SizeConverter;
import picocli.CommandLine.Option;

/** The options of {@code restream listen}, but for those of every command. */
final class ListenOptions {
    @Option(
            names = {"-p", "--port"},
            paramLabel = "PORT",
            description = "The port; 0 picks a free one, and says which. Default: " + Restream.DEFAULT_PORT + ".")
    int port = Restream.DEFAULT_PORT;

    @Option(
            names = "--host",
            paramLabel = "HOST",
            description =
                    "The name or address of this machine to listen at; 0.0.0.0 or :: for all. Default: 127.0.0.1.")
    @Nullable
    String host;

    @Option(names = "--echo", description = "Send back header and body.")
    boolean echo;

    @Option(names = "--reply", paramLabel = "TEXT", description = "Answer with this text when the request has ended.")
    @Nullable
    String reply;

    @Option(
            names = "--output",
            paramLabel = "DIR",
            description =
                    "Store each body in a file of its own, its header beside it as .json; answer when it is on disk.")
    @Nullable
    Path output;

    @Option(
            names = "--name",
            paramLabel = "PATTERN",
            description =
                    "With --output: the files' names; header fields in braces, {n} for a count, {time} for the time. "
                            + "Default: {name}, or {time}-{n} for a header without a name.")
    @Nullable
    String name;

    @Option(
            names = "--overwrite",
            description = "With --output: replace a file of the same name. Without, a new one gets a number.")
    boolean overwrite;

    @Option(
            names = "--exec",
            paramLabel = "CMD",
            description =
                    "Run this shell command for each request: the body is its stdin, its stdout the answer's body, the "
                            + "header is in RESTREAM_HEADER and its fields in RESTREAM_H_<NAME>. If it fails, the exchange is aborted.")
    @Nullable
    String exec;

    @Option(
            names = "--exec-whole",
            paramLabel = "CMD",
            description =
                    "As --exec, but run only when the whole body is here: it is stored first, in a temporary file,"
                            + " which is the command's stdin.")
    @Nullable
    String execWhole;

    @Option(
            names = "--max-processes",
            paramLabel = "N",
            description = "With --exec and --exec-whole: so many at a time, more requests wait. Default: 64.")
    @Nullable
    Integer maxProcesses;

    @Option(
            names = "--reply-header",
            paramLabel = "NAME=TEXT",
            converter = HeaderField.Converter.class,
            description = "A field for the answer's header; NAME:=JSON for other than text. Repeatable.")
    List<HeaderField> replyHeader = List.of();

    @Option(names = "--once", description = "End after one exchange has completed.")
    boolean once;

    @Option(
            names = "--max-connections",
            paramLabel = "N",
            description = "So many at a time, more wait to be accepted. Default: 10000.")
    int maxConnections = 10_000;

    @Option(
            names = "--max-connections-per-address",
            paramLabel = "N",
            description =
                    "So many of them from one address (IPv6: one /64), one more is reset; 0 for no limit. Default: 0.")
    int maxConnectionsPerAddress;

    @Option(
            names = "--header-timeout",
            paramLabel = "TIME",
            description = "How long a client's header may take, with the TLS handshake; 0 for ever. Default: 5s.")
    Duration headerTimeout = Duration.ofSeconds(5);

    @Option(
            names = "--idle-timeout",
            paramLabel = "TIME",
            description = "A connection on which no byte moves for so long is lost; 0 for never. Default: 0.")
    Duration idleTimeout = Duration.ZERO;

    @Option(
            names = "--allow-empty-request",
            description = "Take a client that ends without a byte for one with an empty request, as the original's do;"
                    + " port scans and health checks do so too.")
    boolean allowEmptyRequest;

    @Option(
            names = "--grace",
            paramLabel = "TIME",
            description =
                    "How long exchanges that run may go on at SIGTERM and Ctrl-C; a second signal ends them at once."
                            + " Default: 5s.")
    Duration grace = Duration.ofSeconds(5);

    @Option(
            names = "--max-body",
            paramLabel = "SIZE",
            converter = SizeConverter.class,
            description = "Refuse a request that is larger, as in 64k or 10m; 0 for any size. Default: 0.")
    long maxBody;
}
