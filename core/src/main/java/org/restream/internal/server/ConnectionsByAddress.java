package org.restream.internal.server;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.ConcurrentHashMap;
import org.restream.internal.session.host.NetworkKey;

/** Counts the connections of each address, up to a limit. Keeps nothing for addresses that have none. */
final class ConnectionsByAddress {
    private final int limit;
    private final ConcurrentHashMap<ByteBuffer, Integer> counts = new ConcurrentHashMap<>();

    /**
     * @param limit 0 for no limit; then nothing is counted
     */
    ConnectionsByAddress(int limit) {
        this.limit = limit;
    }

    /**
     * Counts one more connection if the limit allows it.
     *
     * @return whether it was counted; {@link #leave} must follow then
     */
    boolean enter(InetAddress address) {
        if (limit == 0) {
            return true;
        }
        ByteBuffer key = NetworkKey.of(address);
        boolean[] entered = new boolean[1];
        counts.compute(key, (same, count) -> {
            int before = count == null ? 0 : count;
            entered[0] = before < limit;
            return entered[0] ? Integer.valueOf(before + 1) : count;
        });
        return entered[0];
    }

    void leave(InetAddress address) {
        if (limit > 0) {
            counts.computeIfPresent(
                    NetworkKey.of(address), (same, count) -> count == 1 ? null : Integer.valueOf(count - 1));
        }
    }

    /** The number of addresses that have connections. */
    int size() {
        return counts.size();
    }
}
