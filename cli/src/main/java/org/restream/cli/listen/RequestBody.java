package org.restream.cli.listen;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;
import org.restream.Header;
import org.restream.Incoming;
import org.restream.Refusal;

/**
 * A request's body, read in large pieces. It is refused where it is larger than it may be, and where it is not as long as its
 * header says: what is on the way may make an end of a cut.
 */
final class RequestBody {
    private static final int PIECE = 64 * 1024;
    private static final int UNSAID = -1;

    private final Incoming in;
    private final long most;
    private final @Nullable Object said;
    private final long saidSize;
    private final byte[] piece = new byte[PIECE];
    private long size;

    /**
     * Makes one; waits for the header.
     *
     * @param most how many bytes it may have; 0 for any number
     */
    RequestBody(Incoming in, long most) throws IOException {
        this.in = in;
        this.most = most;
        Header header = in.header();
        said = header.get("size");
        saidSize = saidSize(said);
    }

    /** Of a whole number; anything else under that name is somebody's own field. */
    private static long saidSize(@Nullable Object said) {
        if (said instanceof Long number) {
            return number >= 0 ? number : UNSAID;
        }
        // beyond a long: no body has it
        return said instanceof BigInteger number && number.signum() > 0 ? Long.MAX_VALUE : UNSAID;
    }

    /** What is read last: valid up to the number that {@link #read()} gave, until the next one. */
    byte[] piece() {
        return piece;
    }

    /** Reads the next piece; gives its length, -1 at the clean end of a body that is as long as its header says. */
    int read() throws IOException {
        int count = in.read(piece, 0, piece.length);
        size += Math.max(count, 0);
        if (most > 0 && size > most) {
            throw new Refusal("the body has more than " + most + " bytes");
        }
        if (saidSize != UNSAID && size > saidSize) {
            throw new IOException("the header says " + said + " bytes, the body has more");
        }
        if (saidSize != UNSAID && count < 0 && size < saidSize) {
            throw new IOException("the header says " + said + " bytes, the body has " + size);
        }
        return count;
    }

    void copyTo(OutputStream out) throws IOException {
        for (int count = read(); count >= 0; count = read()) {
            out.write(piece, 0, count);
        }
    }
}
