package org.restream.cli.tls.pem;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.openssl.X509TrustedCertificateBlock;
import org.restream.cli.tls.PemText;
import org.restream.cli.tls.TlsFileException;

/** The certificates of a PEM file. */
final class Certificates {
    private Certificates() {}

    /** The certificates, at least one, in the order of the file. */
    static List<X509Certificate> of(PemText text) throws TlsFileException {
        List<X509Certificate> certificates = new ArrayList<>();
        JcaX509CertificateConverter converter = new JcaX509CertificateConverter();
        for (Object object : PemObjects.of(text)) {
            try {
                if (object instanceof X509CertificateHolder holder) {
                    certificates.add(converter.getCertificate(holder));
                } else if (object instanceof X509TrustedCertificateBlock block) {
                    certificates.add(converter.getCertificate(block.getCertificateHolder()));
                }
            } catch (CertificateException e) {
                throw new TlsFileException(text.file(), "a certificate in it can't be read: " + e.getMessage(), e);
            }
        }
        if (certificates.isEmpty()) {
            throw new TlsFileException(
                    text.file(), "there is no certificate in it: '-----BEGIN CERTIFICATE-----' is needed");
        }
        return certificates;
    }
}
