/** Senders that are killed by SIGKILL, as all kinds of receivers see them. */
@NullMarked
package org.restream.reliability.kill;

import org.jspecify.annotations.NullMarked;
