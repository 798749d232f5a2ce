@NullMarked
package org.restream.benchmarks.report;

import org.jspecify.annotations.NullMarked;
