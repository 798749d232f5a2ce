/**
 * What every subcommand needs: exit statuses, errors, option values, printable text.
 *
 * <p>Start at {@link CommandException}.
 */
@NullMarked
package org.restream.cli.command;

import org.jspecify.annotations.NullMarked;
