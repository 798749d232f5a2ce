/** What is left after many reconnects. */
@NullMarked
package org.restream.reliability.leak;

import org.jspecify.annotations.NullMarked;
