package org.restream.cli.metrics.prometheus;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import org.restream.Listener;
import org.restream.ServerEvent;
import org.restream.cli.metrics.Exporter;
import org.restream.metrics.RestreamMetrics;

/** Counts with Micrometer, and shows the counts in the text formats that Prometheus reads. */
public final class PrometheusExporter implements Exporter {
    private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";
    private static final String OPEN_METRICS = "application/openmetrics-text; version=1.0.0; charset=utf-8";

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Listener<ServerEvent> events =
            RestreamMetrics.server(registry).forwardTo(event -> {});

    public PrometheusExporter() {
        new UptimeMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
    }

    @Override
    public void count(ServerEvent event) throws Exception {
        events.accept(event);
    }

    @Override
    public Runnable counter(String name, String description, String... tags) {
        return Counter.builder(name).description(description).tags(tags).register(registry)::increment;
    }

    @Override
    public void gauge(String name, String description, DoubleSupplier value, String... tags) {
        gauge(name, null, description, value, tags);
    }

    @Override
    public void seconds(String name, String description, DoubleSupplier value, String... tags) {
        gauge(name, "seconds", description, value, tags);
    }

    private void gauge(String name, @Nullable String unit, String description, DoubleSupplier value, String... tags) {
        Gauge.builder(name, value, DoubleSupplier::getAsDouble)
                .description(description)
                .baseUnit(unit)
                .strongReference(true)
                .tags(tags)
                .register(registry);
    }

    @Override
    public Page page(@Nullable String accept) throws IOException {
        String type = accept != null && accept.contains("application/openmetrics-text") ? OPEN_METRICS : TEXT;
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        registry.scrape(body, type);
        return new Page(type, body.toByteArray());
    }
}
