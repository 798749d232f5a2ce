/**
 * The restream command: it uses only what users of the library can use.
 *
 * <p>Start at {@link Main}.
 */
@NullMarked
package org.restream.cli;

import org.jspecify.annotations.NullMarked;
