/**
 * Text that came from outside, made fit to be shown. Start at {@link org.restream.internal.text.SafeText}.
 */
@NullMarked
package org.restream.internal.text;

import org.jspecify.annotations.NullMarked;
