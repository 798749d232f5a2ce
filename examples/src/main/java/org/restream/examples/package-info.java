/** Example programs. A test runs each of them. */
@NullMarked
package org.restream.examples;

import org.jspecify.annotations.NullMarked;
