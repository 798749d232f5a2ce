/**
 * What an exchange needs of a connection. Start at {@link org.restream.internal.link.Link}.
 */
@NullMarked
package org.restream.internal.link;

import org.jspecify.annotations.NullMarked;
