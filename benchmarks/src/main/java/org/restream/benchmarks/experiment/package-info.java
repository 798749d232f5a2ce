@NullMarked
package org.restream.benchmarks.experiment;

import org.jspecify.annotations.NullMarked;
