/**
 * The life of a server: listen, accept, exchange, close. Start at {@link org.restream.internal.server.Server}.
 */
@NullMarked
package org.restream.internal.server;

import org.jspecify.annotations.NullMarked;
