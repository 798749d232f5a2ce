package org.restream.cli.tls.pem;

import java.util.Map;
import java.util.Set;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x9.X962Parameters;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.jspecify.annotations.Nullable;

/** Which kinds of keys TLS 1.3 can use. */
final class KeyKinds {
    private static final Set<ASN1ObjectIdentifier> USED = Set.of(
            X9ObjectIdentifiers.id_ecPublicKey,
            PKCSObjectIdentifiers.rsaEncryption,
            PKCSObjectIdentifiers.id_RSASSA_PSS,
            EdECObjectIdentifiers.id_Ed25519,
            EdECObjectIdentifiers.id_Ed448);

    /** RFC 8446, section 4.2.3: P-256, P-384, P-521. */
    private static final Set<ASN1ObjectIdentifier> CURVES =
            Set.of(SECObjectIdentifiers.secp256r1, SECObjectIdentifiers.secp384r1, SECObjectIdentifiers.secp521r1);

    /** Names of kinds that somebody may try to use; messages give any other kind as its number. */
    private static final Map<ASN1ObjectIdentifier, String> NAMES = Map.of(
            X9ObjectIdentifiers.id_dsa, "DSA",
            PKCSObjectIdentifiers.dhKeyAgreement, "DH",
            X9ObjectIdentifiers.dhpublicnumber, "DH",
            EdECObjectIdentifiers.id_X25519, "X25519",
            EdECObjectIdentifiers.id_X448, "X448");

    private KeyKinds() {}

    /** Why TLS 1.3 can't use this key; null if it can. */
    static @Nullable String trouble(PrivateKeyInfo key) {
        ASN1ObjectIdentifier kind = key.getPrivateKeyAlgorithm().getAlgorithm();
        if (!USED.contains(kind)) {
            return "its key is of the kind " + NAMES.getOrDefault(kind, kind.getId())
                    + ": TLS 1.3 takes EC, RSA, Ed25519 and Ed448";
        }
        return kind.equals(X9ObjectIdentifiers.id_ecPublicKey) ? curveTrouble(key) : null;
    }

    private static @Nullable String curveTrouble(PrivateKeyInfo key) {
        X962Parameters curve =
                X962Parameters.getInstance(key.getPrivateKeyAlgorithm().getParameters());
        if (curve == null || curve.isImplicitlyCA()) {
            return "its key is an EC key that does not say its curve";
        }
        if (!curve.isNamedCurve()) {
            return "its key is an EC key with explicit parameters: the name of its curve is needed instead";
        }
        ASN1ObjectIdentifier name = ASN1ObjectIdentifier.getInstance(curve.getParameters());
        return CURVES.contains(name)
                ? null
                : "its key is an EC key of the curve " + name.getId() + ": TLS 1.3 takes P-256, P-384 and P-521";
    }
}
