/** Clients that come back after every loss, and servers that answer each connection with a stream of its own. */
@NullMarked
package org.restream;

import org.jspecify.annotations.NullMarked;
