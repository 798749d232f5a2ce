package org.restream.internal.tls;

import java.io.IOException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.Locale;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;
import org.restream.internal.text.Printable;
import org.restream.internal.text.PrintableThrowable;
import org.restream.internal.text.SafeText;

/** Turns TLS failures into helpful messages, and reports them to the peer. */
final class TlsErrors {
    private static final int ALERT = 21;
    private static final int HANDSHAKE = 22;

    private TlsErrors() {}

    /** Rejects a peer whose first byte is not that of a TLS record (content types, RFC 8446, section 5.1). */
    static void checkFirstByte(int first, boolean client, TlsOutbound outbound) throws IOException {
        if (first == HANDSHAKE || first == ALERT) {
            return;
        }
        SSLException notTls = new SSLException(String.format(
                Locale.ROOT,
                "the %s does not speak TLS: what it sends begins with byte 0x%02x%s",
                client ? "server" : "client",
                first,
                first > ' ' && first <= '~' ? " '" + (char) first + "'" : ""));
        if (!client) {
            outbound.sendAlert(TlsOutbound.UNEXPECTED_MESSAGE);
        }
        throw notTls;
    }

    /** Reports our error to the peer: sends the alert that the engine has ready. */
    static SSLException told(SSLException error, TlsOutbound outbound) {
        try {
            outbound.sendLast();
        } catch (IOException e) {
            // the peer can't be informed: it has gone already, or the error is its own alert
            error.addSuppressed(e);
        }
        return shown(error);
    }

    /** The JDK's message may contain text from the peer: names in certificates, the requested host. */
    static SSLException shown(SSLException error) {
        return new SSLException(
                "TLS: " + Printable.of(String.valueOf(error.getMessage())), PrintableThrowable.of(error));
    }

    /**
     * The error for an exception of the user's own context, its supplier, key manager or trust manager. It fails this
     * connection only.
     */
    static SSLHandshakeException ofContext(Throwable thrown) {
        SSLHandshakeException failed = new SSLHandshakeException(
                "the TLS handshake failed: the SSLContext or its source threw " + SafeText.of(thrown));
        failed.initCause(thrown);
        return failed;
    }

    /**
     * Checks the dates of the peer's certificates. The trust manager does so only in a full handshake, and a
     * certificate may have expired when the session is resumed.
     */
    static void checkValidity(SSLEngine engine) throws SSLHandshakeException {
        try {
            for (Certificate certificate : engine.getSession().getPeerCertificates()) {
                if (certificate instanceof X509Certificate known) {
                    known.checkValidity();
                }
            }
        } catch (SSLPeerUnverifiedException e) {
            // the peer has shown none; the engine decides whether it has to
            return;
        } catch (CertificateException e) {
            throw handshake(new SSLException(e), engine.getUseClientMode());
        }
    }

    static SSLHandshakeException handshake(IOException cause, boolean client) {
        String why = ofCertificate(cause, client ? "server" : "client");
        if (why == null) {
            why = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        }
        String hint = client && !(cause instanceof SSLException) ? " (does the server speak TLS on this port?)" : "";
        SSLHandshakeException failed =
                new SSLHandshakeException(String.format(Locale.ROOT, "the TLS handshake failed: %s%s", why, hint));
        failed.initCause(cause);
        return failed;
    }

    /**
     * Why we reject the peer's certificate, which the JDK reports deep in the chain of causes; null for other errors.
     */
    private static @Nullable String ofCertificate(Throwable failure, String peer) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String trouble = null;
            if (cause instanceof CertificateExpiredException) {
                trouble = "has expired";
            } else if (cause instanceof CertificateNotYetValidException) {
                trouble = "is not valid yet";
            } else if (cause instanceof CertPathBuilderException) {
                trouble = "is not from an authority that is trusted here";
            }
            if (trouble != null) {
                return "the " + peer + "'s certificate " + trouble + " ("
                        + Printable.of(String.valueOf(cause.getMessage())) + ")";
            }
        }
        return null;
    }
}
