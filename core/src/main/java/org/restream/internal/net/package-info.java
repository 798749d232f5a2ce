/**
 * Connecting, listening, and the connection: the only place that knows sockets. Start at {@link org.restream.internal.net.TcpConnection}.
 */
@NullMarked
package org.restream.internal.net;

import org.jspecify.annotations.NullMarked;
