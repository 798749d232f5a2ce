package org.restream.internal.jfr;

import java.net.InetSocketAddress;

/** A server's connection that was accepted while there was a recording. */
public interface ConnectionFlight {
    /** One that is not recorded. */
    ConnectionFlight NONE = (peer, secure) -> {};

    /** It has ended; called once at most. */
    void ended(InetSocketAddress peer, boolean secure);
}
