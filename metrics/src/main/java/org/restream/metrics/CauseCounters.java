package org.restream.metrics;

import io.micrometer.core.instrument.Counter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.restream.FailureKind;

/** One counter for each cause. */
final class CauseCounters {
    private final Meters meters;
    private final String name;
    private final String description;
    private final Map<FailureKind, Counter> counters = new ConcurrentHashMap<>();

    /**
     * @param causes those whose counters are there from the start, so that a scraper sees the first one as one more
     */
    CauseCounters(Meters meters, String name, String description, List<FailureKind> causes) {
        this.meters = meters;
        this.name = name;
        this.description = description;
        causes.forEach(this::of);
    }

    void increment(FailureKind cause) {
        of(cause).increment();
    }

    private Counter of(FailureKind cause) {
        return counters.computeIfAbsent(
                cause, same -> meters.counter(name, description, "cause", ExchangeMeters.lower(same.name())));
    }
}
