/**
 * The progress of sending, and the line on the terminal that shows it.
 *
 * <p>Start at {@link ProgressDisplay}.
 */
@NullMarked
package org.restream.cli.send.progress;

import org.jspecify.annotations.NullMarked;
