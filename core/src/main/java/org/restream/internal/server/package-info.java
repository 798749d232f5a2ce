/** The life of a server: listen, accept, exchange, close. */
@NullMarked
package org.restream.internal.server;

import org.jspecify.annotations.NullMarked;
