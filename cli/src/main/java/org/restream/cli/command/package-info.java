/**
 * What every subcommand needs: statuses, errors, values of options, text that is fit to be shown.
 *
 * <p>Start at {@link CommandException}.
 */
@NullMarked
package org.restream.cli.command;

import org.jspecify.annotations.NullMarked;
