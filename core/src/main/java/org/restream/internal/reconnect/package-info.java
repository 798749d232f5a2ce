/**
 * When to try again, and at which server: knows neither sockets nor exchanges. Start at
 * {@link org.restream.internal.reconnect.ReconnectLoop}.
 */
@NullMarked
package org.restream.internal.reconnect;

import org.jspecify.annotations.NullMarked;
