package org.restream.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.restream.Header;
import org.restream.testing.WireVector;

/** Runs the test vectors of docs/wire.md through the header's reader and writer. */
class WireVectorsTest {
    /** The reader's result: the header, null for an empty message, and the bytes that it has left. */
    private record Message(@Nullable Header header, byte[] body) {}

    static List<WireVector> vectors() {
        return WireVector.all();
    }

    static List<WireVector> ours() {
        return vectors().stream().filter(WireVector::ours).toList();
    }

    @Test
    void the_page_has_them() {
        assertThat(vectors()).hasSizeGreaterThan(60);
        assertThat(vectors().stream().map(WireVector::name)).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void whole(WireVector vector) {
        check(vector, vector.bytes().length + 1, 0);
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void split_at_every_index(WireVector vector) {
        for (int at = 1; at < vector.bytes().length; at++) {
            check(vector, at, vector.bytes().length);
        }
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void one_byte_at_a_time(WireVector vector) {
        check(vector, 1, 1);
    }

    @ParameterizedTest
    @MethodSource("ours")
    void our_sender_makes_these_bytes(WireVector vector) throws Exception {
        ByteArrayOutputStream made = new ByteArrayOutputStream();
        made.writeBytes(HeaderWriter.bytes(Header.parse(vector.header())));
        made.writeBytes(vector.body());
        assertThat(made.toByteArray()).isEqualTo(vector.bytes());
    }

    private static void check(WireVector vector, int firstPiece, int otherPieces) {
        if (vector.isError()) {
            assertThat(describe(catchThrowable(() -> read(vector, firstPiece, otherPieces))))
                    .startsWith(vector.error());
            return;
        }
        try {
            Message message = read(vector, firstPiece, otherPieces);
            assertThat(message.header() == null ? "none" : message.header().toString())
                    .isEqualTo(
                            vector.isEmptyMessage()
                                    ? "none"
                                    : Header.parse(vector.header()).toString());
            assertThat(message.body()).isEqualTo(vector.body());
        } catch (IOException e) {
            throw new AssertionError("first piece of " + firstPiece, e);
        }
    }

    private static String describe(@Nullable Throwable error) {
        return error == null
                ? "no error"
                : error.getClass().getSimpleName().replace("Exception", "") + ": " + error.getMessage();
    }

    private static Message read(WireVector vector, int firstPiece, int otherPieces) throws IOException {
        HeaderReader reader = new HeaderReader(vector.maxHeaderBytes());
        byte[] bytes = vector.bytes();
        Header header = null;
        int piece = firstPiece;
        for (int from = 0; from < bytes.length && header == null; piece = otherPieces) {
            ByteBuffer in = ByteBuffer.wrap(bytes, from, Math.min(piece, bytes.length - from));
            header = reader.take(in);
            assertThat(in.hasRemaining())
                    .as("takes all but what follows the blank line")
                    .isIn(header != null, false);
            from = in.position();
            if (header != null) {
                byte[] rest = new byte[bytes.length - from];
                System.arraycopy(bytes, from, rest, 0, rest.length);
                return new Message(header, rest);
            }
            assertThat(reader.pending()).isEqualTo(from);
        }
        reader.end();
        return new Message(null, new byte[0]);
    }
}
