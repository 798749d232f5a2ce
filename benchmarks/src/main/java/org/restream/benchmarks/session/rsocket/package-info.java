/** RSocket-java over TCP. */
@NullMarked
package org.restream.benchmarks.session.rsocket;

import org.jspecify.annotations.NullMarked;
