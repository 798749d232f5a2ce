/** The session protocol with a peer in JavaScript, which was written from docs/session.md alone, and on networks that fail. */
@NullMarked
package org.restream.reliability.session;

import org.jspecify.annotations.NullMarked;
