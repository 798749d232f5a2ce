package org.restream.internal.tls;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLHandshakeException;
import org.restream.internal.link.Link;

/** An engine and its two directions over a link: what there is from the handshake on. */
record TlsStreams(SSLEngine engine, TlsInbound inbound, TlsOutbound outbound) {
    static TlsStreams of(Link link, SSLEngine engine) {
        TlsUnwrapper unwrapper = new TlsUnwrapper(engine);
        TlsOutbound outbound = new TlsOutbound(link, engine, unwrapper);
        return new TlsStreams(engine, new TlsInbound(link, engine, unwrapper, outbound), outbound);
    }

    /** On the calling thread. */
    void handshake() throws SSLHandshakeException {
        new TlsHandshake(engine, inbound, outbound).run();
    }
}
