/** The restream command: uses only what users can use. */
@NullMarked
package org.restream.cli;

import org.jspecify.annotations.NullMarked;
