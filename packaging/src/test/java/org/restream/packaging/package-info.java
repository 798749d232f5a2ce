/** Tests of what makes the packages and the releases. */
@NullMarked
package org.restream.packaging;

import org.jspecify.annotations.NullMarked;
