/**
 * The process and who looks at it: the terminal, stdout, signals, and what is said on stderr.
 *
 * <p>Start at {@link EventLog}.
 */
@NullMarked
package org.restream.cli.console;

import org.jspecify.annotations.NullMarked;
