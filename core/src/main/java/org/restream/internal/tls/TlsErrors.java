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

/** What goes wrong with TLS, in words that help, to both sides. */
final class TlsErrors {
    private static final int ALERT = 21;
    private static final int HANDSHAKE = 22;

    private TlsErrors() {}

    /** A peer that does not speak TLS begins otherwise (RFC 8446, section 5.1: the content types). */
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

    /** Says to the peer what we have found wrong: the engine has an alert ready. */
    static SSLException told(SSLException error, TlsOutbound outbound) {
        try {
            outbound.sendLast();
        } catch (IOException e) {
            // it can't be told: it is gone already, or this was its alert
            error.addSuppressed(e);
        }
        return shown(error);
    }

    /** The JDK says what the peer has said: names in certificates, the host that it asks for. */
    static SSLException shown(SSLException error) {
        return new SSLException(
                "TLS: " + Printable.of(String.valueOf(error.getMessage())), PrintableThrowable.of(error));
    }

    /** The user's own context, its source, key manager or trust manager threw: the connection's failure, and nobody else's. */
    static SSLHandshakeException ofContext(Throwable thrown) {
        SSLHandshakeException failed = new SSLHandshakeException(
                "the TLS handshake failed: the SSLContext or its source threw " + SafeText.of(thrown));
        failed.initCause(thrown);
        return failed;
    }

    /**
     * The peer's certificates are looked at by the trust manager once, and not when a session is resumed: by then they may have
     * expired.
     */
    static void checkValidity(SSLEngine engine) throws SSLHandshakeException {
        try {
            for (Certificate certificate : engine.getSession().getPeerCertificates()) {
                if (certificate instanceof X509Certificate known) {
                    known.checkValidity();
                }
            }
        } catch (SSLPeerUnverifiedException e) {
            // it has shown none: whether it has to is the engine's to say
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

    /** What we have against the peer's certificate: the JDK says it far down among the causes. Null for other trouble. */
    private static @Nullable String ofCertificate(Throwable failure, String peer) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String trouble = null;
            if (cause instanceof CertificateExpiredException) {
                trouble = "has expired";
            } else if (cause instanceof CertificateNotYetValidException) {
                trouble = "is not valid yet";
            } else if (cause instanceof CertPathBuilderException) {
                trouble = "is of no authority that is trusted here";
            }
            if (trouble != null) {
                return "the " + peer + "'s certificate " + trouble + " ("
                        + Printable.of(String.valueOf(cause.getMessage())) + ")";
            }
        }
        return null;
    }
}
