/**
 * When to try again, and where: knows neither sockets nor exchanges. Start at
 * {@link org.restream.internal.reconnect.ReconnectLoop}.
 */
@NullMarked
package org.restream.internal.reconnect;

import org.jspecify.annotations.NullMarked;
