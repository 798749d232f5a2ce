package org.restream.testing;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** Trusts every certificate until {@link #refuse}, and counts how often it is asked. */
public final class CountingTrust extends X509ExtendedTrustManager {
    private final X509Certificate issuer;
    private final AtomicInteger asked = new AtomicInteger();
    private volatile boolean refuses;

    public CountingTrust(TestCa issuer) {
        this.issuer = issuer.certificate();
    }

    /** A context with this trust manager. */
    public SSLContext context(KeyManager... keys) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys, new TrustManager[] {this}, null);
        return context;
    }

    public int asked() {
        return asked.get();
    }

    /** Trusts nobody from now on. */
    public void refuse() {
        refuses = true;
    }

    private void check() throws CertificateException {
        asked.incrementAndGet();
        if (refuses) {
            throw new CertificateException("no longer trusted");
        }
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[] {issuer};
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
        check();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
        check();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        check();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        check();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        check();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        check();
    }
}
