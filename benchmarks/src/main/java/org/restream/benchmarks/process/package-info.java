@NullMarked
package org.restream.benchmarks.process;

import org.jspecify.annotations.NullMarked;
