/**
 * The command {@code restream listen}: runs a server, and handles each request as its mode says.
 *
 * <p>Start at {@link ListenCommand}.
 */
@NullMarked
package org.restream.cli.listen;

import org.jspecify.annotations.NullMarked;
