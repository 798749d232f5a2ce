package org.restream.cli.listen;

import java.util.List;
import org.restream.ServerOptions;
import picocli.CommandLine.Option;

/** Whether {@code listen} is behind proxies that name their clients. */
final class ProxyOptions {
    @Option(
            names = "--proxy-protocol",
            paramLabel = "ADDRESS",
            split = ",",
            description =
                    "Serve clients through proxies that send PROXY headers, as HAProxy does: take connections only"
                            + " from these IP addresses and networks, as in 10.0.0.0/8, and the client's address from the"
                            + " header. Repeatable.")
    List<String> proxies = List.of();

    ServerOptions set(ServerOptions options) {
        if (proxies.isEmpty()) {
            return options;
        }
        try {
            return options.proxyProtocol(proxies.toArray(String[]::new));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("Invalid value for option '--proxy-protocol': " + e.getMessage(), e);
        }
    }
}
