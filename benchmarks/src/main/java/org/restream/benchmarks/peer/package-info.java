@NullMarked
package org.restream.benchmarks.peer;

import org.jspecify.annotations.NullMarked;
