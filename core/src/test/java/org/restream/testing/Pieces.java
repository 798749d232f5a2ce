package org.restream.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Writes and checks large bodies piece by piece. */
public final class Pieces {
    private Pieces() {}

    /** Writes the next bytes of the pattern. */
    public static void write(OutputStream out, Pattern pattern, long length, int piece) throws IOException {
        for (long left = length; left > 0; left -= piece) {
            out.write(pattern.next((int) Math.min(piece, left)));
        }
    }

    /** Reads up to the end; fails if the bytes are not those of the pattern. */
    public static long check(InputStream in, Pattern pattern) throws IOException {
        byte[] buffer = new byte[65_536];
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
            pattern.check(buffer, 0, count);
        }
        return pattern.position();
    }
}
