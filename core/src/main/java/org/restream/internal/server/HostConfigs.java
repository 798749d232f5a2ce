package org.restream.internal.server;

import java.time.Duration;
import org.restream.ServerOptions;
import org.restream.SessionLimits;
import org.restream.internal.session.host.HostConfig;

/** What a server's options mean for its sessions. */
final class HostConfigs {
    private static final Duration BEAT = Duration.ofSeconds(10);
    private static final int WINDOW = 32 * 1024;
    /** All sessions together get this part of the heap, where no other limit is set. */
    private static final int HEAP_PART = 4;

    private HostConfigs() {}

    static HostConfig of(ServerOptions options, SessionLimits limits) {
        long memory = limits.sessionMemory();
        return new HostConfig(
                limits.keep(),
                limits.exchanges(),
                limits.sessions(),
                limits.sessionsPerAddress(),
                limits.sessionsPerIdentity(),
                limits.awayPerAddress(),
                memory == 0 ? Runtime.getRuntime().maxMemory() / HEAP_PART : memory,
                limits.stallTimeout(),
                WINDOW,
                BEAT,
                options.idleTimeout(),
                options.headerTimeout());
    }
}
