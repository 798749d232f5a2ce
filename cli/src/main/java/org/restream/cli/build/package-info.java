/**
 * Programs that the build and the launcher run, and users never do.
 *
 * <p>Start at {@link DocGenerator}.
 */
@NullMarked
package org.restream.cli.build;

import org.jspecify.annotations.NullMarked;
