package org.restream.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** A request's body, read in large pieces, and refused where it is larger than it may be. */
final class RequestBody {
    private static final int PIECE = 64 * 1024;

    private final InputStream in;
    private final long most;
    private final byte[] piece = new byte[PIECE];
    private long size;

    /**
     * Makes one.
     *
     * @param most how many bytes it may have; 0 for any number
     */
    RequestBody(InputStream in, long most) {
        this.in = in;
        this.most = most;
    }

    /** What is read last: valid up to the number that {@link #read()} gave, until the next one. */
    byte[] piece() {
        return piece;
    }

    /** Reads the next piece; gives its length, -1 at the clean end. */
    int read() throws IOException {
        int count = in.read(piece, 0, piece.length);
        size += Math.max(count, 0);
        if (most > 0 && size > most) {
            throw new IOException("the body has more than " + most + " bytes (--max-body)");
        }
        return count;
    }

    void copyTo(OutputStream out) throws IOException {
        for (int count = read(); count >= 0; count = read()) {
            out.write(piece, 0, count);
        }
    }
}
