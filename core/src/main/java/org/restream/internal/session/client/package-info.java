/**
 * A client's session: connects, comes back after each loss, and runs exchanges. Start at
 * {@link org.restream.internal.session.client.SessionClient}.
 */
@NullMarked
package org.restream.internal.session.client;

import org.jspecify.annotations.NullMarked;
