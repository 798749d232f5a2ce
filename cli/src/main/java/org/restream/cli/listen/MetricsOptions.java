package org.restream.cli.listen;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whether {@code listen} shows what it counts. */
final class MetricsOptions {
    @Option(
            names = "--metrics",
            paramLabel = "HOST:PORT",
            converter = MetricsAddress.Converter.class,
            description =
                    "Serve counts for Prometheus over HTTP at /metrics, and the state at /health; port 0 picks a free"
                            + " one and prints it. Without encryption: use an address that only the scraper reaches.")
    @Nullable
    MetricsAddress metrics;
}
