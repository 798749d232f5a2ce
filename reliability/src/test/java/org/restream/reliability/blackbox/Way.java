package org.restream.reliability.blackbox;

import java.net.InetSocketAddress;

/** The path from the sender to the receiver: a relay, or nothing. */
interface Way extends AutoCloseable {
    /** The address to which the sender connects. */
    InetSocketAddress address();

    /** Ends it with all its connections, like SIGKILL. */
    default void kill() throws Exception {
        throw new IllegalStateException("there is nothing to kill");
    }

    /** Starts it again, at the same address. */
    default void restart() throws Exception {
        throw new IllegalStateException("there is nothing to restart");
    }

    /** Counts the bytes to the receiver, if it can. */
    default Counter up() {
        throw new IllegalStateException("nothing counts what goes up");
    }

    /** Counts the bytes from the receiver, if it can. */
    default Counter down() {
        throw new IllegalStateException("nothing counts what comes down");
    }

    @Override
    void close() throws Exception;

    static Way open(Plan plan, String host, InetSocketAddress receiver) throws Exception {
        return switch (plan.relay()) {
            case NONE -> direct(receiver);
            case SOCAT -> new Socat(host, receiver, plan.text("linger"));
            case HAPROXY -> new Haproxy(host, receiver, 60_000, "");
            case HAPROXY_CHECKS -> new Haproxy(host, receiver, 60_000, "check inter 200ms");
            case HAPROXY_TIMEOUT -> new Haproxy(host, receiver, 1_000, "");
            case HAPROXY_DOWN -> new Haproxy(host, Listener.freeAddress(host), 60_000, "");
            default -> new OwnRelay(plan, host, receiver);
        };
    }

    private static Way direct(InetSocketAddress receiver) {
        return new Way() {
            @Override
            public InetSocketAddress address() {
                return receiver;
            }

            @Override
            public void close() {}
        };
    }
}
