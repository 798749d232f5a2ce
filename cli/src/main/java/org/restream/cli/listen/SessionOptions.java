package org.restream.cli.listen;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.restream.ServerOptions;
import org.restream.SessionLimits;
import picocli.CommandLine.Option;

/** Whether {@code listen} takes sessions. */
final class SessionOptions {
    private static final Duration DEFAULT_KEEP = Duration.ofMinutes(10);

    @Option(
            names = "--sessions",
            description = "Take sessions too: exchanges that go on after a lost connection, see send --session.")
    boolean sessions;

    @Option(
            names = "--keep",
            paramLabel = "TIME",
            description = "With --sessions: how long an exchange may be without a connection. Default: 10m.")
    @Nullable
    Duration keep;

    ServerOptions set(ServerOptions options, boolean once) {
        if (!sessions) {
            if (keep != null) {
                throw new IllegalArgumentException("--keep is for --sessions, which is not given");
            }
            return options;
        }
        SessionLimits limits = limits();
        return options.sessions(once ? limits.sessions(1).exchanges(1) : limits);
    }

    private SessionLimits limits() {
        try {
            return SessionLimits.defaults().keep(keep == null ? DEFAULT_KEEP : keep);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("Invalid value for option '--keep': " + e.getMessage(), e);
        }
    }
}
