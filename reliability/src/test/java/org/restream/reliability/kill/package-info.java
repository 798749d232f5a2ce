/** What all kinds of receivers see when SIGKILL ends a sender. */
@NullMarked
package org.restream.reliability.kill;

import org.jspecify.annotations.NullMarked;
