/**
 * The format on the wire: converts bytes to headers and back. No sockets, no threads, no time. Start at {@link
 * org.restream.internal.wire.HeaderReader}.
 */
@NullMarked
package org.restream.internal.wire;

import org.jspecify.annotations.NullMarked;
