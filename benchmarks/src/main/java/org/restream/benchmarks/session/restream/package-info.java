/** This project, with sessions and without. */
@NullMarked
package org.restream.benchmarks.session.restream;

import org.jspecify.annotations.NullMarked;
