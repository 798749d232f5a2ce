package org.restream.cli.listen;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.restream.Listener;
import org.restream.RestreamServer;
import org.restream.ServerEvent;
import org.restream.cli.command.Causes;
import org.restream.cli.command.Version;
import org.restream.cli.metrics.Exporter;
import org.restream.cli.metrics.Health;
import org.restream.cli.metrics.MetricsServer;
import org.restream.cli.tls.ReloadedTls;

/** What {@code listen --metrics} counts and serves. Its classes are loaded only with that option. */
final class ListenMetrics implements Listener<ServerEvent>, AutoCloseable {
    private final Exporter exporter;
    private final Health health = new Health(System::nanoTime);
    private final MetricsServer server;
    private final ListenNotices notices;
    private final AtomicBoolean hasFailed = new AtomicBoolean();

    private ListenMetrics(MetricsAddress at, ListenNotices notices) throws IOException {
        this.notices = notices;
        exporter = Exporter.load();
        exporter.gauge(
                "restream.build.info",
                "1, with the versions of restream and Java",
                () -> 1,
                "version",
                new Version().number(),
                "java",
                Runtime.version().toString());
        server = MetricsServer.start(at.host(), at.port(), exporter, health);
    }

    /**
     * Begins to serve; null without an address.
     *
     * @throws IOException if that can't be done there
     */
    static @Nullable ListenMetrics open(@Nullable MetricsAddress at, ListenNotices notices) throws IOException {
        return at == null ? null : new ListenMetrics(at, notices);
    }

    InetSocketAddress address() {
        return server.address();
    }

    /** Shows for how long the certificates are valid, those of renewed files too. */
    void certificates(ReloadedTls files, InstantSource clock) {
        remaining("own", files::ownValidUntil, clock);
        if (files.authoritiesValidUntil().isPresent()) {
            remaining("client_ca", files::authoritiesValidUntil, clock);
        }
    }

    private void remaining(String which, Supplier<Optional<Instant>> until, InstantSource clock) {
        exporter.seconds(
                "restream.tls.certificate.remaining",
                "For how long the certificate is valid; negative when it has expired",
                () -> until.get()
                        .map(end ->
                                (double) Duration.between(clock.instant(), end).toSeconds())
                        .orElse(Double.NaN),
                "certificate",
                which);
    }

    RestreamServer.Handler around(RestreamServer.Handler handler) {
        return new CountedHandler(handler, exporter);
    }

    @Override
    public void accept(ServerEvent event) {
        try {
            health.heard(event);
            exporter.count(event);
        } catch (Throwable e) {
            // the server goes on without counts that are right
            if (hasFailed.compareAndSet(false, true)) {
                notices.warning("an event could not be counted, --metrics shows too little: " + Causes.line(e));
            }
        }
    }

    /** No connection is accepted any more. */
    void stopping() {
        health.stopping();
    }

    @Override
    public void close() {
        server.close();
    }
}
