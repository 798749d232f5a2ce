/**
 * TLS 1.3 over any link: the handshake, the records, and a clean end that can't be mistaken for a cut. Start at {@link org.restream.internal.tls.TlsConnection}.
 */
@NullMarked
package org.restream.internal.tls;

import org.jspecify.annotations.NullMarked;
