/** Connecting, listening, and the connection: the only place that knows sockets. */
@NullMarked
package org.restream.internal.net;

import org.jspecify.annotations.NullMarked;
