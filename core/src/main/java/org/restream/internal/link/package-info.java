/** What an exchange needs of a connection. */
@NullMarked
package org.restream.internal.link;

import org.jspecify.annotations.NullMarked;
