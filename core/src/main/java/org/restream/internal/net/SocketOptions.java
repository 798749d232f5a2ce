package org.restream.internal.net;

import java.io.IOException;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.channels.NetworkChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The options of a connection's socket. Options that accepted sockets inherit, as on Linux, are set once on the
 * listening socket, because each option is a system call.
 */
final class SocketOptions {
    /** Seconds, seconds, and probes: a vanished peer is found after a minute while no data is in transit. */
    private static final Map<String, Integer> KEEPALIVE =
            Map.of("TCP_KEEPIDLE", 15, "TCP_KEEPINTERVAL", 15, "TCP_KEEPCOUNT", 3);

    /** The options that a new socket does not inherit; null until the first socket was examined. */
    private volatile @Nullable Map<SocketOption<Integer>, Integer> missing;

    SocketOptions() {}

    /** The options for the connections that this socket accepts. */
    static SocketOptions ofAccepted(ServerSocketChannel listening) throws IOException {
        set(listening, keepalive(listening));
        return new SocketOptions();
    }

    /**
     * Until the deliberate end of our message, every close is a reset, including the kernel's when the process dies.
     */
    static void resetUntilFinished(SocketChannel channel) throws IOException {
        channel.setOption(StandardSocketOptions.SO_LINGER, 0);
    }

    /**
     * Our message has ended: from now on the kernel delivers it, with retransmissions, however the socket is closed.
     */
    static void finished(SocketChannel channel) throws IOException {
        channel.setOption(StandardSocketOptions.SO_LINGER, -1);
    }

    void keepAlive(SocketChannel channel) throws IOException {
        channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
        Map<SocketOption<Integer>, Integer> known = missing;
        if (known == null) {
            known = missing(channel);
            missing = known;
        }
        set(channel, known);
    }

    private static void set(NetworkChannel channel, Map<SocketOption<Integer>, Integer> options) throws IOException {
        for (Map.Entry<SocketOption<Integer>, Integer> option : options.entrySet()) {
            channel.setOption(option.getKey(), option.getValue());
        }
    }

    private static Map<SocketOption<Integer>, Integer> missing(SocketChannel channel) throws IOException {
        Map<SocketOption<Integer>, Integer> missing = new LinkedHashMap<>();
        for (Map.Entry<SocketOption<Integer>, Integer> option :
                keepalive(channel).entrySet()) {
            if (!option.getValue().equals(channel.getOption(option.getKey()))) {
                missing.put(option.getKey(), option.getValue());
            }
        }
        return missing;
    }

    /** Looks the options up by name, because they are in a module that a JVM need not have. */
    @SuppressWarnings("unchecked")
    private static Map<SocketOption<Integer>, Integer> keepalive(NetworkChannel channel) {
        Map<SocketOption<Integer>, Integer> found = new LinkedHashMap<>();
        channel.supportedOptions().stream()
                .filter(option -> KEEPALIVE.containsKey(option.name()))
                .forEach(option -> found.put((SocketOption<Integer>) option, KEEPALIVE.get(option.name())));
        return found;
    }
}
