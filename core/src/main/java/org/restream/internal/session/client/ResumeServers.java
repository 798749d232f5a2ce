package org.restream.internal.session.client;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.restream.ServerAddress;

/** Where a client asks for its session after a loss: first where it has begun it, then at all of its servers in turn. */
final class ResumeServers {
    /** So many answers in a row from another process, and the session is not at that address. */
    private static final int SURE = 2;

    private final List<ServerAddress> servers = new ArrayList<>();
    /** How often in a row each has answered that it is another process. */
    private final int[] strange;

    private int next;

    /**
     * @param home where the session has begun
     * @param all the client's servers
     */
    ResumeServers(ServerAddress home, List<ServerAddress> all) {
        servers.add(home);
        all.stream().filter(other -> !servers.contains(other)).forEach(servers::add);
        strange = new int[servers.size()];
    }

    /** The connection was lost: the session may be anywhere again. */
    void lost() {
        next = 0;
        Arrays.fill(strange, 0);
    }

    /** The one to ask now; what it says comes before the next call. */
    ServerAddress next() {
        return servers.get(next++ % servers.size());
    }

    /** The last one has not answered. */
    void unknown() {
        strange[last()] = 0;
    }

    /** The last one is another process than the one that has the session. Returns whether all of them are, for sure. */
    boolean isNowhere() {
        strange[last()]++;
        for (int count : strange) {
            if (count < SURE) {
                return false;
            }
        }
        return true;
    }

    private int last() {
        return (next - 1) % servers.size();
    }
}
