/** The small HTTP server of {@code listen --metrics}, and what it needs of whoever counts. */
@NullMarked
package org.restream.cli.metrics;

import org.jspecify.annotations.NullMarked;
