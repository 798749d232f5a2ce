package org.restream.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.BaseUnits;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Makes the meters of one kind, whose names and tags begin the same. */
final class Meters {
    /** From a short exchange to one that lasts for hours. */
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(1),
        Duration.ofMillis(10),
        Duration.ofMillis(100),
        Duration.ofSeconds(1),
        Duration.ofSeconds(10),
        Duration.ofMinutes(1),
        Duration.ofMinutes(10),
        Duration.ofHours(1)
    };

    /** A gauge can't be asked for the number that it shows; all who count the same must share that. */
    private static final Map<MeterRegistry, Map<Gauged, AtomicLong>> NUMBERS = new WeakHashMap<>();

    private record Gauged(String name, Tags tags) {}

    private final MeterRegistry registry;
    private final String prefix;
    private final Tags tags;

    Meters(MeterRegistry registry, String prefix, Iterable<Tag> tags) {
        this.registry = registry;
        this.prefix = prefix;
        this.tags = Tags.of(tags);
    }

    Counter counter(String name, String description) {
        return Counter.builder(prefix + name)
                .description(description)
                .tags(tags)
                .register(registry);
    }

    Counter counter(String name, String description, String tag, String value) {
        return Counter.builder(prefix + name)
                .description(description)
                .tags(tags.and(tag, value))
                .register(registry);
    }

    Counter bytes(String name, String description) {
        return Counter.builder(prefix + name)
                .description(description)
                .baseUnit(BaseUnits.BYTES)
                .tags(tags)
                .register(registry);
    }

    Timer timer(String name, String description) {
        return Timer.builder(prefix + name)
                .description(description)
                .serviceLevelObjectives(BUCKETS)
                .tags(tags)
                .register(registry);
    }

    Timer timer(String name, String description, String tag, String value) {
        return Timer.builder(prefix + name)
                .description(description)
                .serviceLevelObjectives(BUCKETS)
                .tags(tags.and(tag, value))
                .register(registry);
    }

    /** A number that goes up and down, and a gauge that shows it. */
    AtomicLong now(String name, String description) {
        synchronized (NUMBERS) {
            return NUMBERS.computeIfAbsent(registry, same -> new HashMap<>())
                    .computeIfAbsent(new Gauged(prefix + name, tags), gauged -> shown(gauged, description));
        }
    }

    private AtomicLong shown(Gauged gauged, String description) {
        AtomicLong number = new AtomicLong();
        Gauge.builder(gauged.name, number, AtomicLong::doubleValue)
                .description(description)
                .strongReference(true)
                .tags(gauged.tags)
                .register(registry);
        return number;
    }
}
