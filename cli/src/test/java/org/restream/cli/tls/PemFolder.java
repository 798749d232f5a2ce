package org.restream.cli.tls;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.ECNamedCurveTable;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PEMEncryptor;
import org.bouncycastle.openssl.jcajce.JcaMiscPEMGenerator;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8EncryptorBuilder;
import org.bouncycastle.openssl.jcajce.JcePEMEncryptorBuilder;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemObjectGenerator;
import org.restream.testing.TestCa;

/** A folder of certificates and keys. */
public record PemFolder(Path folder) {
    public Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    /** Writes NAME.pem and NAME.key, the usual form. */
    public void write(String name, TestCa.Identity identity) throws IOException {
        write(name + ".pem", identity.certificatePem());
        write(name + ".key", identity.keyPem());
    }

    public Path path(String name) {
        return folder.resolve(name);
    }

    public String text(String name) {
        return path(name).toString();
    }

    /** The key in openssl's older form: PKCS #1 for RSA, SEC 1 for EC. */
    static String traditional(TestCa.Identity identity) throws IOException {
        PrivateKey key = identity.keys().getPrivate();
        if (!key.getAlgorithm().equals("EC")) {
            return pem(new JcaMiscPEMGenerator(key));
        }
        // BouncyCastle's own writer omits the curve, openssl's does not
        PrivateKeyInfo info = PrivateKeyInfo.getInstance(key.getEncoded());
        ASN1Encodable curve = info.getPrivateKeyAlgorithm().getParameters();
        BigInteger secret = ECPrivateKey.getInstance(info.parsePrivateKey()).getKey();
        return pem(new PemObject("EC PRIVATE KEY", new ECPrivateKey(256, secret, curve).getEncoded()));
    }

    static String traditional(PrivateKey key) throws IOException {
        return pem(new JcaMiscPEMGenerator(key));
    }

    static String pkcs8(PrivateKey key) throws IOException {
        return pem(new PemObject("PRIVATE KEY", key.getEncoded()));
    }

    /** The same key, with the explicit parameters of its curve in place of the curve's name. */
    static String explicitEc(TestCa.Identity identity, boolean pkcs8) throws IOException {
        X9ECParameters numbers = ECNamedCurveTable.getByName("P-256");
        BigInteger secret = secret(identity);
        if (!pkcs8) {
            return pem(new PemObject("EC PRIVATE KEY", new ECPrivateKey(256, secret, numbers).getEncoded()));
        }
        AlgorithmIdentifier kind = new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, numbers);
        return pem(new PemObject("PRIVATE KEY", new PrivateKeyInfo(kind, new ECPrivateKey(256, secret)).getEncoded()));
    }

    /** A key on another curve. */
    static String ofCurve(TestCa.Identity identity, String curve) throws IOException {
        ASN1ObjectIdentifier name = ECNamedCurveTable.getOID(curve);
        int bits = ECNamedCurveTable.getByOID(name).getN().bitLength();
        BigInteger secret = secret(identity).shiftRight(256 - bits + 1);
        AlgorithmIdentifier kind = new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, name);
        return pem(new PemObject("PRIVATE KEY", new PrivateKeyInfo(kind, new ECPrivateKey(bits, secret)).getEncoded()));
    }

    private static BigInteger secret(TestCa.Identity identity) throws IOException {
        PrivateKeyInfo info =
                PrivateKeyInfo.getInstance(identity.keys().getPrivate().getEncoded());
        return ECPrivateKey.getInstance(info.parsePrivateKey()).getKey();
    }

    static String encryptedTraditional(TestCa.Identity identity) throws IOException {
        PEMEncryptor aes = new JcePEMEncryptorBuilder("AES-128-CBC")
                .setProvider(new BouncyCastleProvider())
                .build("secret".toCharArray());
        return pem(new JcaMiscPEMGenerator(identity.keys().getPrivate(), aes));
    }

    static String encrypted(TestCa.Identity identity) throws Exception {
        return pem(new JcaPKCS8Generator(
                identity.keys().getPrivate(),
                new JceOpenSSLPKCS8EncryptorBuilder(JcaPKCS8Generator.AES_128_CBC)
                        .setProvider(new BouncyCastleProvider())
                        .setPassword("secret".toCharArray())
                        .build()));
    }

    private static String pem(PemObjectGenerator object) throws IOException {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(object);
        }
        return text.toString();
    }
}
