package org.restream.reliability.soak;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.restream.testing.Pattern;

/** The bodies of a request and its answer, which the number of the request determines. */
final class Body {
    private static final int LONGEST = 4_000_000;
    private static final int ANSWER = 1 << 30;

    private Body() {}

    static int request(long number) {
        return (int) number;
    }

    static int answer(long number) {
        return (int) number ^ ANSWER;
    }

    private static int length(int seed) {
        return new SplittableRandom(seed).nextInt(LONGEST);
    }

    /** Writes the body with this seed. */
    static void write(OutputStream out, int seed) throws IOException {
        Pattern pattern = new Pattern(seed);
        int length = length(seed);
        while (pattern.position() < length) {
            out.write(pattern.next((int) Math.min(length - pattern.position(), 8_192)));
        }
    }

    /** Reads to the end; returns the SHA-256 in hexadecimal. */
    static String digest(InputStream in) throws IOException {
        MessageDigest digest = sha256();
        byte[] piece = new byte[65_536];
        for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
            digest.update(piece, 0, count);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** The digest of the whole body with this seed. */
    static String digest(int seed) {
        return HexFormat.of().formatHex(sha256().digest(Pattern.bytes(seed, length(seed))));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
