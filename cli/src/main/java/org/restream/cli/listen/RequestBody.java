package org.restream.cli.listen;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;
import org.restream.Header;
import org.restream.Incoming;
import org.restream.Refusal;

/**
 * Reads a request's body in large pieces. Rejects a body that is larger than allowed, or not as long as its header
 * says: a proxy may turn a cut into a clean end.
 */
final class RequestBody {
    private static final int PIECE = 64 * 1024;
    private static final int UNSAID = -1;

    private final Incoming in;
    private final long most;
    private final LogEntry entry;
    private final @Nullable Object said;
    private final long saidSize;
    private final byte[] piece = new byte[PIECE];
    private long size;

    /**
     * Waits for the header.
     *
     * @param most the maximum size in bytes; 0 for no limit
     */
    RequestBody(Incoming in, long most) throws IOException {
        this.in = in;
        entry = LogEntry.current();
        this.most = most;
        Header header = in.header();
        said = header.get("size");
        saidSize = saidSize(said);
    }

    /** The size in the header, if it is a whole number; a field with another value has another meaning. */
    private static long saidSize(@Nullable Object said) {
        if (said instanceof Long number) {
            return number >= 0 ? number : UNSAID;
        }
        // larger than any body
        return said instanceof BigInteger number && number.signum() > 0 ? Long.MAX_VALUE : UNSAID;
    }

    /** The bytes that were read last: as many as {@link #read()} has returned, valid until the next read. */
    byte[] piece() {
        return piece;
    }

    /**
     * Reads the next piece and returns its length, or -1 at the clean end of a body that is as long as its header says.
     */
    int read() throws IOException {
        int count = in.read(piece, 0, piece.length);
        size += Math.max(count, 0);
        if (most > 0 && size > most) {
            entry.refusing(RefusalReason.TOO_LARGE);
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
