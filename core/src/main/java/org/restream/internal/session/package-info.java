/**
 * What one side of a session remembers, and what it says next: exchanges, offsets, limits, listings. No sockets, no threads, no
 * clock; the caller holds the session's lock. docs/session.md has the rules. Start at
 * {@link org.restream.internal.session.Session}.
 */
@NullMarked
package org.restream.internal.session;

import org.jspecify.annotations.NullMarked;
