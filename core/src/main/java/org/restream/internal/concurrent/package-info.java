/**
 * Threads, waiting, deadlines and the clock. Start at {@link org.restream.internal.concurrent.Monitor}.
 */
@NullMarked
package org.restream.internal.concurrent;

import org.jspecify.annotations.NullMarked;
