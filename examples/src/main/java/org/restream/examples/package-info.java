/** Programs to read and to start from, each run by a test. */
@NullMarked
package org.restream.examples;

import org.jspecify.annotations.NullMarked;
