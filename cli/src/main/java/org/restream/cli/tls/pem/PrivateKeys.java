package org.restream.cli.tls.pem;

import java.security.PrivateKey;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMException;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.restream.cli.tls.PemText;
import org.restream.cli.tls.TlsFileException;

/** Reads the private key of a PEM file: PKCS #8, or openssl's older forms (PKCS #1 for RSA, SEC 1 for EC). */
final class PrivateKeys {
    private PrivateKeys() {}

    /** The only key in the file. */
    static PrivateKey of(PemText text) throws TlsFileException {
        List<PrivateKeyInfo> keys = new ArrayList<>();
        for (Object object : PemObjects.of(text)) {
            if (object instanceof PrivateKeyInfo key) {
                keys.add(key);
            } else if (object instanceof PEMKeyPair pair) {
                keys.add(pair.getPrivateKeyInfo());
            } else if (object instanceof PEMEncryptedKeyPair || object instanceof PKCS8EncryptedPrivateKeyInfo) {
                throw new TlsFileException(
                        text.file(),
                        "its key is encrypted, and there is nobody to ask for the password: decrypt it (openssl pkey"
                                + " -in "
                                + text.file() + " -out FILE) and protect the file by its permissions");
            } else if (object instanceof PemObjects.OtherKey other) {
                throw new TlsFileException(
                        text.file(),
                        "its key is in the form '" + other.form()
                                + "', which is not supported: '-----BEGIN PRIVATE KEY-----' is needed");
            }
        }
        if (keys.size() != 1) {
            throw new TlsFileException(
                    text.file(),
                    keys.isEmpty()
                            ? "there is no private key in it: '-----BEGIN PRIVATE KEY-----' is needed"
                            : "there are " + keys.size() + " private keys in it: one is needed");
        }
        return key(text, keys.get(0));
    }

    private static PrivateKey key(PemText text, PrivateKeyInfo info) throws TlsFileException {
        try {
            String trouble = KeyKinds.trouble(info);
            if (trouble != null) {
                throw new TlsFileException(text.file(), trouble);
            }
            return new JcaPEMKeyConverter().getPrivateKey(info);
        } catch (PEMException | RuntimeException e) {
            throw new TlsFileException(
                    text.file(), "its key is of a kind that Java does not know: " + e.getMessage(), e);
        }
    }
}
