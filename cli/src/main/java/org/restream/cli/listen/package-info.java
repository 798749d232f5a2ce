/**
 * What {@code restream listen} does: its server's life, and what becomes of each request.
 *
 * <p>Start at {@link ListenCommand}.
 */
@NullMarked
package org.restream.cli.listen;

import org.jspecify.annotations.NullMarked;
