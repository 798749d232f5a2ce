/** The life of a client: connect, exchange, wait, next server. */
@NullMarked
package org.restream.internal.client;

import org.jspecify.annotations.NullMarked;
