/**
 * A client: connect, run an exchange, wait, try the next server. Start at {@link org.restream.internal.client.Client}.
 */
@NullMarked
package org.restream.internal.client;

import org.jspecify.annotations.NullMarked;
