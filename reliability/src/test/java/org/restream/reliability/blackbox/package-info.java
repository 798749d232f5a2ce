/**
 * Transfers by the command, seen from outside: processes, pipes, files, relays and signals, and sha256sum as the judge. Knows
 * of the command what its documents say, and nothing of its code.
 */
@NullMarked
package org.restream.reliability.blackbox;

import org.jspecify.annotations.NullMarked;
