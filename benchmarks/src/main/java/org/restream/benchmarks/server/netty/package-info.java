@NullMarked
package org.restream.benchmarks.server.netty;

import org.jspecify.annotations.NullMarked;
