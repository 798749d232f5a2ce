/**
 * Bodies as files in a folder: whole or not there, under names that are only names.
 *
 * <p>Start at {@link OutputFolder}.
 */
@NullMarked
package org.restream.cli.listen.store;

import org.jspecify.annotations.NullMarked;
