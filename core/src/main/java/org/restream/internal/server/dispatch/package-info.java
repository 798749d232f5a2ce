/**
 * Decides which thread serves an accepted connection: one of its own, or one that serves several, one after the other.
 * Start at {@link org.restream.internal.server.dispatch.Dispatcher}.
 */
@NullMarked
package org.restream.internal.server.dispatch;

import org.jspecify.annotations.NullMarked;
