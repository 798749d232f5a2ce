/**
 * An exchange with its two messages, over any {@link org.restream.internal.link.Link}. Start at {@link
 * org.restream.internal.exchange.Exchange}.
 */
@NullMarked
package org.restream.internal.exchange;

import org.jspecify.annotations.NullMarked;
