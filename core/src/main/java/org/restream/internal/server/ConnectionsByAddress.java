package org.restream.internal.server;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.ConcurrentHashMap;

/** How many connections each address has, up to a limit. Holds nothing of addresses that have none. */
final class ConnectionsByAddress {
    /** RFC 4291, section 2.5.1: the rest of an IPv6 address is the machine's to choose. */
    private static final int NETWORK_BYTES = 8;

    private final int limit;
    private final ConcurrentHashMap<ByteBuffer, Integer> counts = new ConcurrentHashMap<>();

    /**
     * @param limit 0: none, and nothing is counted
     */
    ConnectionsByAddress(int limit) {
        this.limit = limit;
    }

    /**
     * One more, if it may.
     *
     * @return whether it counts; then {@link #leave} must follow
     */
    boolean enter(InetAddress address) {
        if (limit == 0) {
            return true;
        }
        ByteBuffer key = key(address);
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
            counts.computeIfPresent(key(address), (same, count) -> count == 1 ? null : Integer.valueOf(count - 1));
        }
    }

    /** How many addresses it holds. */
    int size() {
        return counts.size();
    }

    /** Link-local addresses of a network all begin alike, whosever they are. */
    private static ByteBuffer key(InetAddress address) {
        byte[] bytes = address.getAddress();
        int length = address.isLinkLocalAddress() ? bytes.length : Math.min(bytes.length, NETWORK_BYTES);
        return ByteBuffer.wrap(bytes, 0, length);
    }
}
