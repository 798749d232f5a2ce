package org.restream.cli.metrics;

import java.io.IOException;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import org.restream.ServerEvent;
import org.restream.cli.library.LibraryFolder;

/**
 * Counts, and shows the counts. It is done by libraries that are loaded only for {@code --metrics}. Names are those of Micrometer, with
 * dots; tags are names and values, in turn.
 */
public interface Exporter {
    /** What a scraper gets. */
    record Page(String contentType, byte[] body) {}

    /** Loads the libraries. */
    static Exporter load() {
        return LibraryFolder.load(
                Exporter.class,
                "org.restream.cli.metrics.prometheus.PrometheusExporter",
                "what counts for --metrics",
                LibraryFolder.besideOurJar("metrics"),
                Exporter.class.getClassLoader());
    }

    /** Counts an event of the server. */
    void count(ServerEvent event) throws Exception;

    /** Makes a counter; each run of what is returned adds one. */
    Runnable counter(String name, String description, String... tags);

    /** Shows a number that is asked for at each scrape. */
    void gauge(String name, String description, DoubleSupplier value, String... tags);

    /** Shows a number of seconds that is asked for at each scrape. */
    void seconds(String name, String description, DoubleSupplier value, String... tags);

    /**
     * All counts, as text.
     *
     * @param accept the request's header of that name; null if it has none
     */
    Page page(@Nullable String accept) throws IOException;
}
