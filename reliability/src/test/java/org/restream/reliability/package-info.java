/** Tests that try to break the promises of docs/reliability.md. */
@NullMarked
package org.restream.reliability;

import org.jspecify.annotations.NullMarked;
