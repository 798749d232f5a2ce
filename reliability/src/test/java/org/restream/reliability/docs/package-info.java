/**
 * Runs the shell commands in README.md and docs/command.md as a reader would, and judges the results by other programs.
 */
@NullMarked
package org.restream.reliability.docs;

import org.jspecify.annotations.NullMarked;
