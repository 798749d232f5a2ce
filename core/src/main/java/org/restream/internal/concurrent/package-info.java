/**
 * Threads, deadlines and what else the rest of the library needs of time. Start at {@link org.restream.internal.concurrent.Monitor}.
 */
@NullMarked
package org.restream.internal.concurrent;

import org.jspecify.annotations.NullMarked;
