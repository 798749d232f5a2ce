/** HTTP/2 without TLS, by Netty. */
@NullMarked
package org.restream.benchmarks.session.http2;

import org.jspecify.annotations.NullMarked;
