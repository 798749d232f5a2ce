/**
 * The restream command. It uses only the library's public API.
 *
 * <p>Start at {@link Main}.
 */
@NullMarked
package org.restream.cli;

import org.jspecify.annotations.NullMarked;
