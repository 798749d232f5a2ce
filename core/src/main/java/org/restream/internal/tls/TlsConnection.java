package org.restream.internal.tls;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;
import org.restream.internal.link.Connection;

/**
 * TLS 1.3 over a connection. A direction ends cleanly by its {@code close_notify}, followed by the end of the
 * connection below. If that end comes without {@code close_notify}, the message was cut (RFC 8446, section 6.1;
 * docs/wire.md).
 */
public final class TlsConnection implements Connection {
    private static final int DROPPED_BYTES = 4 * 1024;

    private final Connection link;
    private final Supplier<SSLEngine> engines;
    private final @Nullable ServerIdentity expected;

    private volatile @Nullable TlsStreams streams;
    private volatile boolean open;

    /**
     * Creates a connection that sends nothing before {@link #open()}.
     *
     * @param engines creates the engine, on the thread that opens, because a user's own context may be slow or fail
     * @param expected the identity that the peer must have; null to accept any peer that the engine trusts
     */
    TlsConnection(Connection link, Supplier<SSLEngine> engines, @Nullable ServerIdentity expected) {
        this.link = link;
        this.engines = engines;
        this.expected = expected;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public void open() throws IOException {
        TlsStreams made = begin();
        made.handshake();
        TlsErrors.checkValidity(made.engine());
        if (expected != null) {
            expected.check(
                    peerCertificate().orElseThrow(() -> new SSLHandshakeException("the server has no certificate")));
        }
        open = true;
    }

    @Override
    public void dropRest(long maxBytes) throws IOException {
        TlsStreams made = streams;
        if (made == null || !made.outbound().hasSaidLast()) {
            return;
        }
        ByteBuffer dropped = ByteBuffer.allocate(DROPPED_BYTES);
        for (long left = maxBytes; left > 0; left -= dropped.position()) {
            if (link.read(dropped.clear()) < 0) {
                return;
            }
        }
    }

    private TlsStreams begin() throws SSLHandshakeException {
        try {
            TlsStreams made = TlsStreams.of(link, engines.get());
            streams = made;
            return made;
        } catch (RuntimeException | Error e) {
            throw TlsErrors.ofContext(e);
        }
    }

    private TlsStreams streams() {
        TlsStreams made = streams;
        if (made == null) {
            throw new IllegalStateException("the link is not open");
        }
        return made;
    }

    @Override
    public Optional<X509Certificate> peerCertificate() {
        try {
            return Optional.of((X509Certificate) streams().engine().getSession().getPeerCertificates()[0]);
        } catch (SSLPeerUnverifiedException e) {
            // the peer has shown none
            return Optional.empty();
        }
    }

    @Override
    public InetSocketAddress peer() {
        return link.peer();
    }

    @Override
    public boolean endedSilently() {
        return link.endedSilently();
    }

    @Override
    public void onMove(Runnable moved) {
        link.onMove(moved);
    }

    @Override
    public void boundSendBuffer() {
        link.boundSendBuffer();
    }

    @Override
    public void keepAlive() {
        link.keepAlive();
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        return streams().inbound().read(into);
    }

    @Override
    public void write(ByteBuffer from) throws IOException {
        streams().outbound().write(from);
    }

    @Override
    public void finish() throws IOException {
        streams().outbound().finish();
        link.finish();
    }

    @Override
    public void close() {
        link.close();
    }

    /** Aborts without {@code close_notify}: even if the peer does not see the reset, the message looks cut. */
    @Override
    public void abort() {
        link.abort();
    }
}
