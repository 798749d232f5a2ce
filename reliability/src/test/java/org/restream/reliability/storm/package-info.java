/** Thousands of clients lose their server at once. */
@NullMarked
package org.restream.reliability.storm;

import org.jspecify.annotations.NullMarked;
