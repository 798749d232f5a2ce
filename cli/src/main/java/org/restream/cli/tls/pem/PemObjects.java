package org.restream.cli.tls.pem;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.util.io.pem.PemObject;
import org.jspecify.annotations.Nullable;
import org.restream.cli.tls.PemText;
import org.restream.cli.tls.TlsFileException;

/** What BouncyCastle makes of a PEM file. */
final class PemObjects {
    private static final String KEY = "PRIVATE KEY";

    private static final Set<String> READ = Set.of(
            PEMParser.TYPE_CERTIFICATE,
            PEMParser.TYPE_X509_CERTIFICATE,
            PEMParser.TYPE_TRUSTED_CERTIFICATE,
            PEMParser.TYPE_PRIVATE_KEY,
            PEMParser.TYPE_ENCRYPTED_PRIVATE_KEY,
            PEMParser.TYPE_EC_PRIVATE_KEY,
            PEMParser.TYPE_RSA_PRIVATE_KEY,
            PEMParser.TYPE_DSA_PRIVATE_KEY);

    private PemObjects() {}

    /**
     * A key in a form that is not supported.
     *
     * @param form the name in its first line: {@code OPENSSH PRIVATE KEY}
     */
    record OtherKey(String form) {}

    /** BouncyCastle's object for each certificate and key, and each {@link OtherKey}; other pieces are left out. */
    static List<Object> of(PemText pem) throws TlsFileException {
        List<Object> objects = new ArrayList<>();
        try (Pieces pieces = new Pieces(new StringReader(pem.text()), objects)) {
            for (Object object = pieces.readObject(); object != null; object = pieces.readObject()) {
                objects.add(object);
            }
        } catch (IOException | RuntimeException e) {
            throw new TlsFileException(pem.file(), "it is not a complete PEM file: " + e.getMessage(), e);
        }
        return objects;
    }

    /** Passes only certificates and keys to BouncyCastle, which fails at other pieces, such as parameters. */
    private static final class Pieces extends PEMParser {
        private final List<Object> objects;

        Pieces(Reader text, List<Object> objects) {
            super(text);
            this.objects = objects;
        }

        @Override
        public @Nullable PemObject readPemObject() throws IOException {
            PemObject piece = super.readPemObject();
            while (piece != null && !READ.contains(piece.getType())) {
                if (piece.getType().endsWith(KEY)) {
                    objects.add(new OtherKey(piece.getType()));
                }
                piece = super.readPemObject();
            }
            return piece;
        }
    }
}
