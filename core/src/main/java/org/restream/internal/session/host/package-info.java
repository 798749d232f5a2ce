/**
 * The sessions of a server: which there are, who may come back to one, and for how long they are kept. Start at
 * {@link org.restream.internal.session.host.SessionHost}.
 */
@NullMarked
package org.restream.internal.session.host;

import org.jspecify.annotations.NullMarked;
