/**
 * Black-box tests of transfers by the command: processes, pipes, files, relays and signals, judged by sha256sum. They
 * rely only on the command's documents, and not on its code.
 */
@NullMarked
package org.restream.reliability.blackbox;

import org.jspecify.annotations.NullMarked;
