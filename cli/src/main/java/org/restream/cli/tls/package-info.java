/**
 * TLS out of PEM files: read, checked, and read again when they change.
 *
 * <p>Start at {@link ReloadedTls}.
 */
@NullMarked
package org.restream.cli.tls;

import org.jspecify.annotations.NullMarked;
