package org.restream.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import java.util.List;
import org.restream.ClientEvent;
import org.restream.ServerEvent;
import org.restream.files.UploadEvent;

/**
 * Makes listeners of events that count what happens, for Micrometer.
 *
 * <pre>{@code
 * ServerOptions options = ServerOptions.defaults()
 *         .listener(RestreamMetrics.server(registry).forwardTo(event -> System.out.println(event)));
 * }</pre>
 *
 * <p>One listener may be that of many servers or clients, and there may be many listeners: in one registry, meters of the same name
 * and tags are the same meters, and add up. Tags have few values: never addresses, headers, or texts of exceptions. Bytes and durations
 * are counted when their exchange ends.
 */
public final class RestreamMetrics {
    private RestreamMetrics() {}

    /**
     * Counts for servers. The names begin with {@code restream.server}.
     *
     * @param registry where to count
     * @return for {@link org.restream.ServerOptions#listener}
     */
    public static MeteredListener<ServerEvent> server(MeterRegistry registry) {
        return server(registry, List.of());
    }

    /**
     * Counts for servers, with tags that tell some from others.
     *
     * @param registry where to count
     * @param tags all meters have them
     * @return for {@link org.restream.ServerOptions#listener}
     */
    public static MeteredListener<ServerEvent> server(MeterRegistry registry, Iterable<Tag> tags) {
        return new MeteredListener<>(new ServerMeters(new Meters(registry, "restream.server", tags))::count);
    }

    /**
     * Counts for clients. The names begin with {@code restream.client}.
     *
     * @param registry where to count
     * @return for {@link org.restream.ClientOptions#listener}, of options for clients and for file senders
     */
    public static MeteredListener<ClientEvent> client(MeterRegistry registry) {
        return client(registry, List.of());
    }

    /**
     * Counts for clients, with tags that tell some from others.
     *
     * @param registry where to count
     * @param tags all meters have them
     * @return for {@link org.restream.ClientOptions#listener}, of options for clients and for file senders
     */
    public static MeteredListener<ClientEvent> client(MeterRegistry registry, Iterable<Tag> tags) {
        return new MeteredListener<>(new ClientMeters(new Meters(registry, "restream.client", tags))::count);
    }

    /**
     * Counts for {@link org.restream.RestreamSession}s, whose events are about sessions and not about single exchanges. The names
     * begin with {@code restream.session}.
     *
     * @param registry where to count
     * @return for {@link org.restream.ClientOptions#listener}, of options for sessions
     */
    public static MeteredListener<ClientEvent> session(MeterRegistry registry) {
        return session(registry, List.of());
    }

    /**
     * Counts for {@link org.restream.RestreamSession}s, with tags that tell some from others.
     *
     * @param registry where to count
     * @param tags all meters have them
     * @return for {@link org.restream.ClientOptions#listener}, of options for sessions
     */
    public static MeteredListener<ClientEvent> session(MeterRegistry registry, Iterable<Tag> tags) {
        return new MeteredListener<>(new SharedSessionMeters(new Meters(registry, "restream.session", tags))::count);
    }

    /**
     * Counts for uploads that a {@link org.restream.files.FileSender} sends. The names begin with {@code restream.uploads}. It needs the
     * module {@code org.restream.files}.
     *
     * @param registry where to count
     * @return for {@link org.restream.files.FileSender#listener}
     */
    public static MeteredListener<UploadEvent> uploads(MeterRegistry registry) {
        return uploads(registry, List.of());
    }

    /**
     * Counts for uploads, with tags that tell some from others.
     *
     * @param registry where to count
     * @param tags all meters have them
     * @return for {@link org.restream.files.FileSender#listener}
     */
    public static MeteredListener<UploadEvent> uploads(MeterRegistry registry, Iterable<Tag> tags) {
        return new MeteredListener<>(new UploadMeters(new Meters(registry, "restream.uploads", tags))::count);
    }
}
