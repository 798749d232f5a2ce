/** Tests that try to break what docs/reliability.md promises. */
@NullMarked
package org.restream.reliability;

import org.jspecify.annotations.NullMarked;
