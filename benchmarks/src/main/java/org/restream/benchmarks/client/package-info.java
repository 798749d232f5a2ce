/** What the client's tables compare, each a process of its own: this project, and what one would write without it. */
@NullMarked
package org.restream.benchmarks.client;

import org.jspecify.annotations.NullMarked;
