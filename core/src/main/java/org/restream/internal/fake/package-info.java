/** An exchange in memory, for tests of handlers. */
@NullMarked
package org.restream.internal.fake;

import org.jspecify.annotations.NullMarked;
