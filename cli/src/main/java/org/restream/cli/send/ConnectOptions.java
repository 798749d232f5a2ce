package org.restream.cli.send;

import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.restream.ClientOptions;
import org.restream.Restream;
import org.restream.ServerAddress;
import org.restream.SessionMode;
import org.restream.cli.command.Causes;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Where to connect, and how to reconnect: {@link ClientOptions} on the command line. */
final class ConnectOptions {
    @Option(
            names = {"-s", "--server"},
            paramLabel = "HOST[:PORT]",
            description = "A server. Repeatable: they are tried in order, round and round. Default: 127.0.0.1:9967.")
    List<ServerAddress> servers = List.of(new ServerAddress("127.0.0.1", Restream.DEFAULT_PORT));

    @Option(
            names = {"--retry-delay", "--timeout"},
            paramLabel = "TIME",
            description =
                    "The wait before the next attempt, multiplied by the number of failures in a row. Default: 1s.")
    Duration retryDelay = Duration.ofSeconds(1);

    @Option(
            names = "--reset-timeout",
            paramLabel = "N",
            description =
                    "After N failures the multiplier starts again at 1, so the longest wait is N times --retry-delay."
                            + " Default: 10.")
    int resetTimeout = ClientOptions.defaults().resetTimeout();

    @Option(
            names = "--jitter",
            paramLabel = "0..1",
            description = "The share of each wait that is random. Default: 0.2.")
    double jitter = 0.2;

    @Option(
            names = "--fast-failover",
            description = "Try the next server without a wait; wait only after all have failed.")
    boolean fastFailover;

    @Option(
            names = "--max-failures",
            paramLabel = "N",
            description = "Give up after N failures in a row; 0 for never. Default: 0.")
    int maxFailures;

    @Option(
            names = "--max-time",
            paramLabel = "TIME",
            description = "Give up after this time, waits and attempts included; 0 for no limit. Default: 0.")
    Duration maxTime = ClientOptions.defaults().maxTime();

    @Option(
            names = "--allow-empty-answer",
            description =
                    "Accept a server that closes without sending a byte as one that has answered. Servers made with simple-protocol"
                            + " for Node may answer that way, but a load balancer with no server behind it looks the same.")
    boolean allowEmptyAnswer;

    @Option(
            names = "--connect-timeout",
            paramLabel = "TIME",
            description = "How long one attempt to connect may take. Default: 10s.")
    Duration connectTimeout = ClientOptions.defaults().connectTimeout();

    @Option(
            names = "--idle-timeout",
            paramLabel = "TIME",
            description = "Treat the connection as lost when no byte has moved for this long; 0 for never. Default: 0.")
    Duration idleTimeout = ClientOptions.defaults().idleTimeout();

    @Option(
            names = "--session",
            arity = "0..1",
            paramLabel = "MODE",
            preprocessor = SessionOption.class,
            converter = SessionOption.class,
            description =
                    "Go on at the same byte after a lost connection, if the server has been started with --sessions."
                            + " With --session=preferred, send without a session to a server that takes none.")
    SessionMode session = SessionMode.PLAIN;

    ClientOptions toClientOptions(CommandLine command) {
        ClientOptions options = ClientOptions.defaults()
                .servers(servers)
                .fastFailover(fastFailover)
                .session(session)
                .allowEmptyAnswer(allowEmptyAnswer);
        options = set(command, "--retry-delay", options, o -> o.retryDelay(retryDelay));
        options = set(command, "--max-time", options, o -> o.maxTime(maxTime));
        options = set(command, "--reset-timeout", options, o -> o.resetTimeout(resetTimeout));
        options = set(command, "--jitter", options, o -> o.jitter(jitter));
        options = set(command, "--max-failures", options, o -> o.maxFailures(maxFailures));
        if (connectTimeout.isZero()) {
            throw new ParameterException(
                    command, "Invalid value for option '--connect-timeout': '0': it must be more than 0");
        }
        options = set(command, "--connect-timeout", options, o -> o.connectTimeout(connectTimeout));
        return set(command, "--idle-timeout", options, o -> o.idleTimeout(idleTimeout));
    }

    private static ClientOptions set(
            CommandLine command, String name, ClientOptions options, UnaryOperator<ClientOptions> change) {
        try {
            return change.apply(options);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command, "Invalid value for option '" + name + "': " + Causes.line(e), e);
        }
    }
}
