/**
 * Bodies to send, and to send again after a loss: files, streams that are spooled or not, the output of a command.
 *
 * <p>Start at {@link Body}.
 */
@NullMarked
package org.restream.cli.send.body;

import org.jspecify.annotations.NullMarked;
