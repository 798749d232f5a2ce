/**
 * TLS 1.3 over any connection: handshake, records, and a clean end that differs from a cut. Start at {@link
 * org.restream.internal.tls.TlsConnection}.
 */
@NullMarked
package org.restream.internal.tls;

import org.jspecify.annotations.NullMarked;
