/** Text that came from outside, made fit to be shown. */
@NullMarked
package org.restream.internal.text;

import org.jspecify.annotations.NullMarked;
