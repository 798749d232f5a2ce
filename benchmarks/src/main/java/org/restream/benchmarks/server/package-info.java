@NullMarked
package org.restream.benchmarks.server;

import org.jspecify.annotations.NullMarked;
