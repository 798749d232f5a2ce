/**
 * Counts for Micrometer: {@link org.restream.metrics.RestreamMetrics} makes listeners of events that count them in a {@code
 * MeterRegistry}. docs/metrics.md lists all meters.
 */
@NullMarked
package org.restream.metrics;

import org.jspecify.annotations.NullMarked;
