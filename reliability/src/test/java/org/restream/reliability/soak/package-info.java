/** Real processes, killed at random moments for minutes, and an account of all that they did. */
@NullMarked
package org.restream.reliability.soak;

import org.jspecify.annotations.NullMarked;
