/**
 * Makes text from outside safe to show. Start at {@link org.restream.internal.text.SafeText}.
 */
@NullMarked
package org.restream.internal.text;

import org.jspecify.annotations.NullMarked;
