/** Real processes that are killed at random moments for minutes, with an audit of everything they did. */
@NullMarked
package org.restream.reliability.soak;

import org.jspecify.annotations.NullMarked;
