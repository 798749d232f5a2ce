package org.restream.internal.tls;

import java.io.IOException;
import java.util.Locale;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;

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
                "the %s does not speak TLS: what it sends begins with byte 0x%02x%s",
                client ? "server" : "client", first, first > ' ' && first <= '~' ? " '" + (char) first + "'" : ""));
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
        return new SSLException("TLS: " + error.getMessage(), error);
    }

    /** The user's own context, key manager or trust manager threw: the connection's failure, and nobody else's. */
    static SSLHandshakeException ofContext(RuntimeException thrown) {
        SSLHandshakeException failed =
                new SSLHandshakeException("the TLS handshake failed: the SSLContext threw " + thrown);
        failed.initCause(thrown);
        return failed;
    }

    static SSLHandshakeException handshake(IOException cause, boolean client) {
        String why = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        String hint = client && !(cause instanceof SSLException) ? " (does the server speak TLS on this port?)" : "";
        SSLHandshakeException failed =
                new SSLHandshakeException(String.format(Locale.ROOT, "the TLS handshake failed: %s%s", why, hint));
        failed.initCause(cause);
        return failed;
    }
}
