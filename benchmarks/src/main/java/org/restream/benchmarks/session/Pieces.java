package org.restream.benchmarks.session;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.restream.benchmarks.peer.Bodies;
import org.restream.benchmarks.peer.Task;

/** The pieces of a large body, of 64 KiB each; the last one may be shorter. */
public interface Pieces {
    /** The next piece, which nobody may change; null at the end. */
    byte @Nullable [] next();

    /** So many bytes from memory. */
    static Pieces of(long bytes) {
        byte[] pattern = Bodies.pattern();
        return new Pieces() {
            private final Checksum checksum = new Checksum();
            private long left = bytes;

            @Override
            public byte @Nullable [] next() {
                int length = (int) Math.min(left, Bodies.PERIOD);
                left -= length;
                checksum.add(ByteBuffer.wrap(pattern, 0, length));
                return length == Bodies.PERIOD ? pattern : length > 0 ? Arrays.copyOf(pattern, length) : null;
            }
        };
    }

    /** From memory, as long as more are wanted. */
    static Pieces during(BooleanSupplier more) {
        byte[] pattern = Bodies.pattern();
        return () -> more.getAsBoolean() ? pattern : null;
    }

    /** A file, by reading it. */
    static Pieces of(Path file) throws IOException {
        InputStream in = Files.newInputStream(file);
        return () -> {
            try {
                byte[] piece = in.readNBytes(Bodies.PERIOD);
                if (piece.length > 0) {
                    return piece;
                }
                in.close();
                return null;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
    }

    /** What a server sends for a request. */
    static Pieces of(Request request, Path file) throws IOException {
        return request.task() == Task.FILE ? of(file) : of(request.bytes());
    }
}
