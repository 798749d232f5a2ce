/** gRPC-java, with bytes as messages. */
@NullMarked
package org.restream.benchmarks.session.grpc;

import org.jspecify.annotations.NullMarked;
