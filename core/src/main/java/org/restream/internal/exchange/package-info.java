/** One exchange: its two streams and its end, over any {@link org.restream.internal.link.Link}. */
@NullMarked
package org.restream.internal.exchange;

import org.jspecify.annotations.NullMarked;
