package org.restream.cli.tls;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.openssl.PEMParser;

/** What stands in a PEM file (RFC 7468): certificates, keys, and whatever text is between them. */
record PemText(Path file, String text) {
    /** What BouncyCastle makes of each piece; pieces that it does not know are left out. */
    List<Object> objects() throws TlsFileException {
        List<Object> objects = new ArrayList<>();
        try (PEMParser parser = new PEMParser(new StringReader(text))) {
            for (Object object = parser.readObject(); object != null; object = parser.readObject()) {
                objects.add(object);
            }
        } catch (IOException | RuntimeException e) {
            throw new TlsFileException(file, "it is no whole PEM file: " + e.getMessage(), e);
        }
        return objects;
    }
}
