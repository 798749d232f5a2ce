/** Client and server processes for sessions: many exchanges over one connection, by this project and by others. */
@NullMarked
package org.restream.benchmarks.session;

import org.jspecify.annotations.NullMarked;
