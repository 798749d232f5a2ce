/**
 * A session on its connections: many threads, one lock, one reader and one writer for each connection. Start at
 * {@link org.restream.internal.session.carrier.SharedSession}.
 */
@NullMarked
package org.restream.internal.session.carrier;

import org.jspecify.annotations.NullMarked;
