/**
 * Stores bodies as files in a folder: each appears whole or not at all, under a safe name.
 *
 * <p>Start at {@link OutputFolder}.
 */
@NullMarked
package org.restream.cli.listen.store;

import org.jspecify.annotations.NullMarked;
