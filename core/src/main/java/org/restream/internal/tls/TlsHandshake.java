package org.restream.internal.tls;

import java.io.IOException;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;

/** Runs the handshake of an engine, on the calling thread. */
final class TlsHandshake {
    private final SSLEngine engine;
    private final TlsInbound inbound;
    private final TlsOutbound outbound;
    private boolean heard;

    TlsHandshake(SSLEngine engine, TlsInbound inbound, TlsOutbound outbound) {
        this.engine = engine;
        this.inbound = inbound;
        this.outbound = outbound;
    }

    /**
     * Runs the handshake.
     *
     * @throws SSLHandshakeException it failed; the message says why
     */
    void run() throws SSLHandshakeException {
        try {
            engine.beginHandshake();
            HandshakeStatus status = engine.getHandshakeStatus();
            while (status != HandshakeStatus.NOT_HANDSHAKING && status != HandshakeStatus.FINISHED) {
                step(status);
                status = engine.getHandshakeStatus();
            }
            outbound.release();
        } catch (IOException e) {
            throw TlsErrors.handshake(e, engine.getUseClientMode());
        } catch (RuntimeException | Error e) {
            throw TlsErrors.ofContext(e);
        }
    }

    private void step(HandshakeStatus status) throws IOException {
        switch (status) {
            case NEED_TASK -> runTasks(engine);
            case NEED_WRAP -> send();
            default -> receive();
        }
    }

    private void send() throws IOException {
        try {
            outbound.send();
        } catch (SSLException e) {
            // failures of delegated tasks are thrown here
            throw TlsErrors.told(e, outbound);
        }
    }

    private void receive() throws IOException {
        if (!heard) {
            TlsErrors.checkFirstByte(inbound.firstByte(), engine.getUseClientMode(), outbound);
            heard = true;
        }
        inbound.unwrapHandshake();
    }

    static void runTasks(SSLEngine engine) {
        for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
            task.run();
        }
    }
}
