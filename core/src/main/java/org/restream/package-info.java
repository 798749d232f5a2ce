/**
 * A JSON header and a byte stream over a TCP connection that reconnects by itself.
 *
 * <p>Start at {@link org.restream.Restream}: {@code createServer} and {@code createClient}. Each connection carries one
 * exchange: a request (the client's header and body) and a response (the server's). The two are sent independently of
 * each other. A handler gets them as an {@link org.restream.Incoming} and an {@link org.restream.Outgoing}, which it
 * can use as plain Java streams or with listeners.
 */
@NullMarked
package org.restream;

import org.jspecify.annotations.NullMarked;
