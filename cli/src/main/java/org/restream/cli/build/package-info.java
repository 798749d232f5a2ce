/**
 * Run by the build and by the launcher, never by users.
 *
 * <p>Start at {@link DocGenerator}.
 */
@NullMarked
package org.restream.cli.build;

import org.jspecify.annotations.NullMarked;
