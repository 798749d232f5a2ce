/**
 * Bodies that can be sent, and sent again after a loss: files, streams that are spooled or not, what a command writes.
 *
 * <p>Start at {@link Body}.
 */
@NullMarked
package org.restream.cli.send.body;

import org.jspecify.annotations.NullMarked;
