package org.restream.cli.send;

import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.restream.Header;
import org.restream.cli.command.CommandException;
import org.restream.cli.command.Digest;
import org.restream.cli.command.ExitStatus;

/**
 * Writes an answer to stdout as it arrives, over as many exchanges as it takes. What was written before a loss can't be
 * undone, so the next answer has to begin with the same bytes, which are then not written again.
 */
final class Answer {
    /** Two independent checksums, for which the JVM has intrinsics: a digest would be slower than a fast network. */
    private static final class Sum {
        private final CRC32 crc32 = new CRC32();
        private final CRC32C crc32c = new CRC32C();

        void add(byte[] bytes, int offset, int count) {
            crc32.update(bytes, offset, count);
            crc32c.update(bytes, offset, count);
        }

        boolean equalTo(Sum other) {
            return crc32.getValue() == other.crc32.getValue() && crc32c.getValue() == other.crc32c.getValue();
        }
    }

    private final AnswerOutput.Slot out;
    private final Sum written = new Sum();
    private long writtenBytes;
    private Sum seen = new Sum();
    private long seenBytes;
    private Claims claims = new Claims(Header.of());
    private Digest.@Nullable Builder digest;

    Answer(AnswerOutput.Slot out) {
        this.out = out;
    }

    /** An exchange begins, and its answer with it. */
    void begin() {
        seen = new Sum();
        seenBytes = 0;
        claims = new Claims(Header.of());
        digest = null;
    }

    /** Its header has come. */
    void header(Header header) {
        claims = new Claims(header);
        digest = claims.haveAny() ? new Digest.Builder() : null;
    }

    void write(byte[] bytes) throws CommandException, InterruptedException {
        if (digest != null) {
            digest.add(bytes, bytes.length);
        }
        int known = (int) Math.min(bytes.length, writtenBytes - seenBytes);
        if (known > 0) {
            seen.add(bytes, 0, known);
            seenBytes += known;
            if (seenBytes == writtenBytes && !seen.equalTo(written)) {
                throw differs("is another");
            }
        }
        if (known < bytes.length) {
            byte[] more = known == 0 ? bytes : Arrays.copyOfRange(bytes, known, bytes.length);
            out.write(more);
            written.add(more, 0, more.length);
            writtenBytes += more.length;
            seenBytes = writtenBytes;
        }
    }

    /** The answer has ended cleanly. */
    void end() throws CommandException {
        if (seenBytes < writtenBytes) {
            throw differs("has only " + seenBytes + " bytes");
        }
    }

    /**
     * Compares the claims in the answer's header with what was sent and with the answer itself. Call it once, at the
     * end.
     *
     * @param whole whether the whole body was sent
     * @return a description of the contradiction; null if there is none
     */
    @Nullable
    String contradiction(Digest sent, boolean whole) {
        return claims.contradiction(sent, whole, digest());
    }

    private Digest digest() {
        Digest.Builder built = digest;
        if (built == null) {
            return new Digest(seenBytes, "");
        }
        Digest whole = built.build();
        digest = null;
        return whole;
    }

    /** The digest of the first bytes sent, if the answer may be a cut echo of them; null if it can't be. */
    @Nullable
    Digest ifCutEchoOf(Digest sent) {
        return claims.areOnlyTheSizeOf(sent) && seenBytes > 0 && seenBytes < sent.size() ? digest() : null;
    }

    private CommandException differs(String how) {
        return new CommandException(
                ExitStatus.LOST,
                "the connection was lost after " + writtenBytes
                        + " bytes of the answer had been written; the answer to the next attempt " + how
                        + ", so what was written is not the answer",
                null);
    }
}
