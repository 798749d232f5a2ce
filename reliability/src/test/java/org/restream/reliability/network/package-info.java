/** Faults of the network: a proxy that causes them, and the tests that use it. */
@NullMarked
package org.restream.reliability.network;

import org.jspecify.annotations.NullMarked;
