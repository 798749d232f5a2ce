/** What a thread for each exchange costs by itself: frames of one size over one connection, and nothing else. */
@NullMarked
package org.restream.benchmarks.session.threads;

import org.jspecify.annotations.NullMarked;
