/** The shell's commands in README.md and docs/command.md, run as a reader would, and judged by other programs than ours. */
@NullMarked
package org.restream.reliability.docs;

import org.jspecify.annotations.NullMarked;
