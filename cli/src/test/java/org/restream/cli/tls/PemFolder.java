package org.restream.cli.tls;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
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

    /** NAME.pem and NAME.key, as most have them. */
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

    /** RSA as PKCS #1, EC as SEC 1: what openssl wrote before PKCS #8. */
    static String traditional(TestCa.Identity identity) throws IOException {
        PrivateKey key = identity.keys().getPrivate();
        if (!key.getAlgorithm().equals("EC")) {
            return pem(new JcaMiscPEMGenerator(key));
        }
        // BouncyCastle's own writer leaves the curve out, which openssl puts in
        PrivateKeyInfo info = PrivateKeyInfo.getInstance(key.getEncoded());
        ASN1Encodable curve = info.getPrivateKeyAlgorithm().getParameters();
        BigInteger secret = ECPrivateKey.getInstance(info.parsePrivateKey()).getKey();
        return pem(new PemObject("EC PRIVATE KEY", new ECPrivateKey(256, secret, curve).getEncoded()));
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
