/**
 * PEM files as BouncyCastle reads them. The distribution has this package in a jar of its own beside BouncyCastle's, which is
 * loaded when a command first needs it.
 *
 * <p>Start at {@link org.restream.cli.tls.pem.BouncyCastleReader}.
 */
@NullMarked
package org.restream.cli.tls.pem;

import org.jspecify.annotations.NullMarked;
