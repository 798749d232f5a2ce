/** The clients that are compared, each a process of its own: this project, and what people would write without it. */
@NullMarked
package org.restream.benchmarks.client;

import org.jspecify.annotations.NullMarked;
