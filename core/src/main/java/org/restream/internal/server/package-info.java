/**
 * A server: listen, accept, run exchanges, close. Start at {@link org.restream.internal.server.Server}.
 */
@NullMarked
package org.restream.internal.server;

import org.jspecify.annotations.NullMarked;
