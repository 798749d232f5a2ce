package org.restream.cli.tls.pem;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x500.style.IETFUtils;
import org.restream.cli.tls.PemReader;
import org.restream.cli.tls.PemText;
import org.restream.cli.tls.TlsFileException;

/** Reads with BouncyCastle, which knows all forms that openssl writes. */
public final class BouncyCastleReader implements PemReader {
    @Override
    public List<X509Certificate> certificates(PemText text) throws TlsFileException {
        return Certificates.of(text);
    }

    @Override
    public PrivateKey privateKey(PemText text) throws TlsFileException {
        return PrivateKeys.of(text);
    }

    @Override
    public String commonName(X509Certificate certificate) {
        RDN[] found = X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded())
                .getRDNs(BCStyle.CN);
        return found.length == 0
                ? ""
                : IETFUtils.valueToString(found[found.length - 1].getFirst().getValue());
    }
}
