/** Micrometer and its registry for Prometheus: loaded only for {@code --metrics}. */
@NullMarked
package org.restream.cli.metrics.prometheus;

import org.jspecify.annotations.NullMarked;
