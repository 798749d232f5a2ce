/** What a recording of Flight Recorder gets. Start at {@link org.restream.internal.jfr.Flight}. */
@NullMarked
package org.restream.internal.jfr;

import org.jspecify.annotations.NullMarked;
