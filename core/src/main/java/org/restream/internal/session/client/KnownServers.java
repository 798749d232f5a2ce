package org.restream.internal.session.client;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.restream.ServerAddress;
import org.restream.internal.concurrent.Timer;

/**
 * Which servers speak sessions. One that has accepted a session is never taken for one that speaks none, or somebody on
 * the way could make a client fall back to exchanges that may arrive twice.
 */
public final class KnownServers {
    /** What the clients of this process have found. */
    public static final KnownServers OF_PROCESS = new KnownServers(Timer.system()::nanoTime);

    private static final Duration REMEMBERED = Duration.ofMinutes(10);

    private record Plain(String why, long since) {}

    private final LongSupplier nanoTime;
    private final Set<ServerAddress> speaking = ConcurrentHashMap.newKeySet();
    private final Map<ServerAddress, Plain> plain = new ConcurrentHashMap<>();

    KnownServers(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** The server has accepted a session. */
    void speaks(ServerAddress server) {
        speaking.add(server);
        plain.remove(server);
    }

    /** Whether the server has ever accepted a session. */
    public boolean hasSpoken(ServerAddress server) {
        return speaking.contains(server);
    }

    /** The server has said that it speaks no sessions; this is remembered for some time. */
    public void speaksNone(ServerAddress server, String why) {
        plain.put(server, new Plain(why, nanoTime.getAsLong()));
    }

    /** What the server has said, if it has said lately that it speaks no sessions; otherwise null. */
    public @Nullable String saidNone(ServerAddress server) {
        Plain said = plain.get(server);
        if (said == null) {
            return null;
        }
        if (nanoTime.getAsLong() - said.since >= REMEMBERED.toNanos()) {
            plain.remove(server, said);
            return null;
        }
        return said.why;
    }
}
