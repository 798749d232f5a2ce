/**
 * Connecting, listening, and TCP connections: the only package that uses sockets. Start at {@link
 * org.restream.internal.net.TcpConnection}.
 */
@NullMarked
package org.restream.internal.net;

import org.jspecify.annotations.NullMarked;
