/**
 * What {@code restream send} does: inputs, their way to a server, and the answer's way to stdout.
 *
 * <p>Start at {@link SendCommand}.
 */
@NullMarked
package org.restream.cli.send;

import org.jspecify.annotations.NullMarked;
