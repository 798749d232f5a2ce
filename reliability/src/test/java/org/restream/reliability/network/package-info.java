/** What the network does to connections: a proxy that does it on command, and the tests that use it. */
@NullMarked
package org.restream.reliability.network;

import org.jspecify.annotations.NullMarked;
