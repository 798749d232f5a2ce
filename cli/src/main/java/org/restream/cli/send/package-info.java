/**
 * The command {@code restream send}: opens the inputs, sends them to a server, and writes the answers to stdout.
 *
 * <p>Start at {@link SendCommand}.
 */
@NullMarked
package org.restream.cli.send;

import org.jspecify.annotations.NullMarked;
