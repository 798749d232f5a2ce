/** Threads, deadlines and what else the rest of the library needs of time. */
@NullMarked
package org.restream.internal.concurrent;

import org.jspecify.annotations.NullMarked;
