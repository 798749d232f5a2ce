/**
 * The life of a client: connect, exchange, wait, next server. Start at {@link org.restream.internal.client.Client}.
 */
@NullMarked
package org.restream.internal.client;

import org.jspecify.annotations.NullMarked;
