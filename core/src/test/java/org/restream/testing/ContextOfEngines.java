package org.restream.testing;

import java.security.KeyManagementException;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.function.Supplier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;

/** A user's own context: a test says what happens when an engine is wanted. */
public final class ContextOfEngines extends SSLContext {
    public ContextOfEngines(Supplier<SSLEngine> engines) {
        this(engines, usual());
    }

    private ContextOfEngines(Supplier<SSLEngine> engines, SSLContext usual) {
        super(new Spi(engines, usual), usual.getProvider(), usual.getProtocol());
    }

    private static SSLContext usual() {
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static final class Spi extends SSLContextSpi {
        private final Supplier<SSLEngine> engines;
        private final SSLContext usual;

        Spi(Supplier<SSLEngine> engines, SSLContext usual) {
            this.engines = engines;
            this.usual = usual;
        }

        @Override
        protected SSLEngine engineCreateSSLEngine() {
            return engines.get();
        }

        @Override
        protected SSLEngine engineCreateSSLEngine(String host, int port) {
            return engines.get();
        }

        @Override
        protected SSLParameters engineGetDefaultSSLParameters() {
            return usual.getDefaultSSLParameters();
        }

        @Override
        protected SSLParameters engineGetSupportedSSLParameters() {
            return usual.getSupportedSSLParameters();
        }

        @Override
        protected void engineInit(KeyManager[] keys, TrustManager[] trust, SecureRandom random)
                throws KeyManagementException {
            throw new KeyManagementException("it is ready");
        }

        @Override
        protected SSLSocketFactory engineGetSocketFactory() {
            return usual.getSocketFactory();
        }

        @Override
        protected SSLServerSocketFactory engineGetServerSocketFactory() {
            return usual.getServerSocketFactory();
        }

        @Override
        protected SSLSessionContext engineGetServerSessionContext() {
            return usual.getServerSessionContext();
        }

        @Override
        protected SSLSessionContext engineGetClientSessionContext() {
            return usual.getClientSessionContext();
        }
    }
}
