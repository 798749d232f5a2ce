@NullMarked
package org.restream.benchmarks;

import org.jspecify.annotations.NullMarked;
