/** Checks that many reconnects leak nothing. */
@NullMarked
package org.restream.reliability.leak;

import org.jspecify.annotations.NullMarked;
