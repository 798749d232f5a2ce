/**
 * For tests of handlers: {@link org.restream.fake.FakeExchange} runs a handler without sockets, servers and clients.
 */
@NullMarked
package org.restream.fake;

import org.jspecify.annotations.NullMarked;
