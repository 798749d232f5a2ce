/**
 * TLS contexts from PEM files, which are checked, and read again when they change.
 *
 * <p>Start at {@link ReloadedTls}.
 */
@NullMarked
package org.restream.cli.tls;

import org.jspecify.annotations.NullMarked;
