package org.restream.internal.net;

import java.io.IOException;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** What every connection's socket is told. */
final class SocketOptions {
    /** Seconds, seconds, and probes: a vanished peer with nothing under way is found after a minute. */
    private static final Map<String, Integer> KEEPALIVE =
            Map.of("TCP_KEEPIDLE", 15, "TCP_KEEPINTERVAL", 15, "TCP_KEEPCOUNT", 3);

    private static volatile Map<SocketOption<Integer>, Integer> supported = Map.of();

    private SocketOptions() {}

    static void prepare(SocketChannel channel) throws IOException {
        // until the deliberate end of our message every end is a reset, also that by the kernel when the process dies
        channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        // what is written is buffered by us
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
        for (Map.Entry<SocketOption<Integer>, Integer> option :
                keepalive(channel).entrySet()) {
            channel.setOption(option.getKey(), option.getValue());
        }
    }

    /** By name, since they are of a module that a JVM need not have. */
    @SuppressWarnings("unchecked")
    private static Map<SocketOption<Integer>, Integer> keepalive(SocketChannel channel) {
        if (supported.isEmpty()) {
            Map<SocketOption<Integer>, Integer> found = new LinkedHashMap<>();
            Set<SocketOption<?>> options = channel.supportedOptions();
            options.stream()
                    .filter(option -> KEEPALIVE.containsKey(option.name()))
                    .forEach(option -> found.put((SocketOption<Integer>) option, KEEPALIVE.get(option.name())));
            supported = found;
        }
        return supported;
    }
}
