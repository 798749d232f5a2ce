/**
 * The process's surroundings: terminal, stdout, signals, and the log on stderr.
 *
 * <p>Start at {@link EventLog}.
 */
@NullMarked
package org.restream.cli.console;

import org.jspecify.annotations.NullMarked;
