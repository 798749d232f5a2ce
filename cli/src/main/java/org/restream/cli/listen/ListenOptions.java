package org.restream.cli.listen;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.restream.Restream;
import org.restream.cli.command.HeaderField;
import org.restream.cli.command.SizeConverter;
import picocli.CommandLine.Option;

/** The options of {@code restream listen}, except those that every command has. */
final class ListenOptions {
    @Option(
            names = {"-p", "--port"},
            paramLabel = "PORT",
            description = "The port; 0 picks a free one and prints it. Default: " + Restream.DEFAULT_PORT + ".")
    int port = Restream.DEFAULT_PORT;

    @Option(
            names = "--host",
            paramLabel = "HOST",
            description =
                    "The name or address of this machine to listen at; 0.0.0.0 or :: for all. Default: 127.0.0.1.")
    @Nullable
    String host;

    @Option(names = "--echo", description = "Send header and body back.")
    boolean echo;

    @Option(names = "--reply", paramLabel = "TEXT", description = "Answer with this text when the request has ended.")
    @Nullable
    String reply;

    @Option(
            names = "--output",
            paramLabel = "DIR",
            description =
                    "Store each body in a file of its own, and its header beside it as .json. The answer is sent once both are on disk.")
    @Nullable
    Path output;

    @Option(
            names = "--name",
            paramLabel = "PATTERN",
            description =
                    "With --output: the file names, with header fields in braces, {n} for a counter, {time} for the time. "
                            + "Default: {name}, or {time}-{n} if the header has no name.")
    @Nullable
    String name;

    @Option(
            names = "--overwrite",
            description =
                    "With --output: replace a file of the same name. Without this option the new file's name gets a number.")
    boolean overwrite;

    @Option(
            names = "--keep-partial",
            paramLabel = "TIME",
            description =
                    "With --output: how long an upload of send --resume is kept that is not complete, after its last"
                            + " byte, and how long it is remembered that one was. Default: 24h.")
    @Nullable
    Duration keepPartial;

    @Option(
            names = "--max-partial",
            paramLabel = "SIZE",
            converter = SizeConverter.class,
            description =
                    "With --output: how many bytes all uploads that are not complete may have together, as in 64k or"
                            + " 10g; 0 for any number. Default: 0.")
    @Nullable
    Long maxPartial;

    @Option(
            names = "--exec",
            paramLabel = "CMD",
            description =
                    "Run this shell command for each request. Its stdin is the body, its stdout the answer's body. The "
                            + "header is in RESTREAM_HEADER and its fields in RESTREAM_H_<NAME>. If it fails, the request is refused.")
    @Nullable
    String exec;

    @Option(
            names = "--exec-whole",
            paramLabel = "CMD",
            description =
                    "Like --exec, but start the command only when the whole body has arrived. It is stored in a temporary file,"
                            + " which is the command's stdin. The answer is sent when the command has ended; if it fails, the request is refused.")
    @Nullable
    String execWhole;

    @Option(
            names = "--max-processes",
            paramLabel = "N",
            description = "With --exec and --exec-whole: how many run at a time; further requests wait. Default: 64.")
    @Nullable
    Integer maxProcesses;

    @Option(
            names = "--reply-header",
            paramLabel = "NAME=TEXT",
            converter = HeaderField.Converter.class,
            description = "A field of the answer's header; NAME:=JSON for a value that is not text. Repeatable.")
    List<HeaderField> replyHeader = List.of();

    @Option(names = "--once", description = "Exit after the first completed exchange.")
    boolean once;

    @Option(
            names = "--max-connections",
            paramLabel = "N",
            description = "How many connections are served at a time; more wait to be accepted. Default: 10000.")
    int maxConnections = 10_000;

    @Option(
            names = "--max-connections-per-address",
            paramLabel = "N",
            description =
                    "How many of them one address may have (IPv6: one /64); further ones are reset. 0 for no limit. Default: 0.")
    int maxConnectionsPerAddress;

    @Option(
            names = "--header-timeout",
            paramLabel = "TIME",
            description = "How long a client's header may take, with the TLS handshake; 0 for no limit. Default: 5s.")
    Duration headerTimeout = Duration.ofSeconds(5);

    @Option(
            names = "--idle-timeout",
            paramLabel = "TIME",
            description = "Treat a connection as lost when no byte has moved for this long; 0 for never. Default: 0.")
    Duration idleTimeout = Duration.ZERO;

    @Option(
            names = "--allow-empty-request",
            description =
                    "Accept a connection that ends without a byte as an empty request. Clients made with simple-protocol for Node"
                            + " may send one that way, but port scans and health checks look the same.")
    boolean allowEmptyRequest;

    @Option(
            names = "--grace",
            paramLabel = "TIME",
            description =
                    "How long running exchanges may go on after SIGTERM or Ctrl-C. A second signal aborts them at once."
                            + " Default: 5s.")
    Duration grace = Duration.ofSeconds(5);

    @Option(
            names = "--max-body",
            paramLabel = "SIZE",
            converter = SizeConverter.class,
            description = "Refuse a request with a larger body. Examples: 64k, 10m; 0 for no limit. Default: 0.")
    long maxBody;
}
