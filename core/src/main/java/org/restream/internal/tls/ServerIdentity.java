package org.restream.internal.tls;

import java.net.IDN;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLHandshakeException;
import org.restream.internal.text.Printable;
import org.restream.internal.text.PrintableThrowable;

/**
 * Checks that a certificate is for the host that we connect to, by the rules of RFC 9525: only by its subject
 * alternative names, never by a common name, and with a wildcard only as the whole left-most label. The JDK's own
 * check, which comes first, is less strict.
 */
final class ServerIdentity {
    /** RFC 5280, section 4.2.1.6. */
    private static final int DNS_NAME = 2;

    private static final int IP_ADDRESS = 7;

    private final String host;
    private final boolean address;

    ServerIdentity(String host) {
        this.address = isAddress(host);
        this.host = address ? host : ascii(host);
    }

    /** The host's name in the form that certificates use. */
    String host() {
        return host;
    }

    void check(X509Certificate certificate) throws SSLHandshakeException {
        List<String> names = names(certificate, address ? IP_ADDRESS : DNS_NAME);
        if (names.stream().noneMatch(address ? this::isAddressOf : this::matches)) {
            throw new SSLHandshakeException("the server's certificate is not for \"" + host + "\": it is for "
                    + (names.isEmpty()
                            ? "no " + (address ? "address" : "name") + " at all"
                            : Printable.of(names.toString())));
        }
    }

    private boolean matches(String pattern) {
        String name = withoutDot(pattern.toLowerCase(Locale.ROOT));
        if (name.startsWith("*.")) {
            int dot = host.indexOf('.');
            return dot > 0 && host.substring(dot).equals(name.substring(1));
        }
        return host.equals(name);
    }

    private boolean isAddressOf(String name) {
        try {
            // both are IP addresses, so nothing is looked up
            return isAddress(name) && InetAddress.getByName(host).equals(InetAddress.getByName(name));
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static List<String> names(X509Certificate certificate, int type) throws SSLHandshakeException {
        List<String> names = new ArrayList<>();
        try {
            Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
            for (List<?> name : alternatives == null ? List.<List<?>>of() : alternatives) {
                if (Integer.valueOf(type).equals(name.get(0))) {
                    names.add(String.valueOf(name.get(1)));
                }
            }
        } catch (CertificateParsingException e) {
            SSLHandshakeException failed = new SSLHandshakeException(
                    "the server's certificate can't be read: " + Printable.of(String.valueOf(e.getMessage())));
            failed.initCause(PrintableThrowable.of(e));
            throw failed;
        }
        return names;
    }

    private static boolean isAddress(String host) {
        return host.indexOf(':') >= 0 || host.matches("[0-9]+([.][0-9]+){3}");
    }

    private static String ascii(String host) {
        try {
            return withoutDot(IDN.toASCII(host, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            // not a valid name for a certificate, so it matches none
            return host;
        }
    }

    private static String withoutDot(String host) {
        return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    }
}
