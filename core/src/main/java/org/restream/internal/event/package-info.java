/** Passes events to the user's listener or to the log. Start at {@link org.restream.internal.event.EventReporter}. */
@NullMarked
package org.restream.internal.event;

import org.jspecify.annotations.NullMarked;
