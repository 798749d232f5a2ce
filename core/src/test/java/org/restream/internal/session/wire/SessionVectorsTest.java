package org.restream.internal.session.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.restream.MalformedHeaderException;
import org.restream.internal.wire.JsonText;
import org.restream.testing.SessionVector;
import org.restream.testing.Spelled;

/** The test vectors of docs/session.md, through the codec both ways. */
class SessionVectorsTest {
    private static final List<SessionVector> ALL = SessionVector.all();

    private static List<SessionVector> of(String kind) {
        return ALL.stream().filter(vector -> vector.kind().equals(kind)).toList();
    }

    static List<SessionVector> hellos() {
        return of("hello");
    }

    static List<SessionVector> writtenHellos() {
        return hellos().stream().filter(SessionVector::isWritten).toList();
    }

    static List<SessionVector> frames() {
        return of("frames");
    }

    static List<SessionVector> writtenFrames() {
        return frames().stream().filter(SessionVector::isWritten).toList();
    }

    static List<SessionVector> proofs() {
        return of("proof");
    }

    static List<SessionVector> checksums() {
        return of("crc32c");
    }

    @Test
    void the_page_has_as_many_as_it_says() {
        Map<String, Integer> found =
                ALL.stream().collect(Collectors.toMap(SessionVector::kind, vector -> 1, Integer::sum));
        assertThat(found).isEqualTo(SessionVector.counts());
        assertThat(ALL).hasSizeGreaterThanOrEqualTo(150);
        assertThat(ALL.stream().filter(SessionVector::isError)).hasSizeGreaterThanOrEqualTo(40);
        assertThat(ALL.stream().map(SessionVector::name)).doesNotHaveDuplicates();
    }

    @Test
    void each_says_who_sends_it() {
        assertThat(ALL)
                .filteredOn(vector -> List.of("hello", "frames").contains(vector.kind()))
                .allSatisfy(vector -> assertThat(vector.line("from")).isIn("client", "server"));
    }

    @ParameterizedTest
    @MethodSource("frames")
    void frames_mean_what_they_say(SessionVector vector) {
        byte[] bytes = vector.bytes();
        int step = step(bytes);
        checkFrames(vector, bytes, bytes.length, bytes.length);
        checkFrames(vector, bytes, step, step);
        for (int border = 1; border < bytes.length; border += step) {
            checkFrames(vector, bytes, border, bytes.length);
        }
    }

    /** Every border; every so many, where there are very many with the same byte on both sides. */
    private static int step(byte[] bytes) {
        return 1 + bytes.length / 300;
    }

    private static void checkFrames(SessionVector vector, byte[] bytes, int firstPiece, int otherPieces) {
        Calls calls = new Calls();
        Throwable error = catchThrowable(() -> parse(vector, bytes, firstPiece, otherPieces, calls));
        String what = "first piece of " + firstPiece;
        if (vector.isError()) {
            assertThat(error).as(what).isInstanceOf(ProtocolException.class);
            assertThat(error.getMessage()).as(what).startsWith(vector.line("error"));
        } else {
            assertThat(error).as(what).isNull();
        }
        List<Map<String, Object>> means =
                vector.all("means").stream().map(SessionVectorsTest::means).toList();
        if (firstPiece == bytes.length) {
            assertThat(calls.all()).as("one call for each frame").isEqualTo(means);
        }
        assertThat(Calls.joined(calls.all())).as(what).isEqualTo(Calls.joined(means));
    }

    private static void parse(SessionVector vector, byte[] bytes, int firstPiece, int otherPieces, FrameHandler to)
            throws ProtocolException {
        int maxFrame = vector.all("maxFrame").isEmpty() ? 65_536 : Integer.parseInt(vector.line("maxFrame"));
        FrameParser parser = new FrameParser(maxFrame);
        int piece = firstPiece;
        for (int from = 0; from < bytes.length; from += piece, piece = otherPieces) {
            parser.parse(ByteBuffer.wrap(bytes, from, Math.min(piece, bytes.length - from)), to);
        }
    }

    /** The data in the form of {@link Calls}. */
    private static Map<String, Object> means(String json) {
        Map<String, Object> means = new LinkedHashMap<>(json(json));
        if (means.remove("data") instanceof String data) {
            means.put("hex", Calls.hex(ByteBuffer.wrap(data.getBytes(StandardCharsets.UTF_8))));
        } else if (means.remove("bytes") instanceof String spelled) {
            means.put("hex", Calls.hex(ByteBuffer.wrap(Spelled.bytes(spelled))));
        }
        return means;
    }

    @ParameterizedTest
    @MethodSource("writtenFrames")
    void our_encoder_makes_these_frames(SessionVector vector) throws Exception {
        byte[] bytes = vector.bytes();
        Encoding encoding = new Encoding(bytes.length);
        parse(vector, bytes, bytes.length, 0, encoding);
        assertThat(encoding.bytes()).isEqualTo(bytes);
    }

    @ParameterizedTest
    @MethodSource("hellos")
    void first_lines_mean_what_they_say(SessionVector vector) {
        byte[] bytes = vector.bytes();
        for (int border = 0; border < bytes.length; border += step(bytes)) {
            checkHello(vector, bytes, border);
        }
    }

    private static void checkHello(SessionVector vector, byte[] bytes, int border) {
        HelloReader reader = new HelloReader();
        List<Hello> read = new ArrayList<>();
        ByteArrayOutputStream rest = new ByteArrayOutputStream();
        Throwable error = catchThrowable(() -> {
            for (ByteBuffer in :
                    List.of(ByteBuffer.wrap(bytes, 0, border), ByteBuffer.wrap(bytes, border, bytes.length - border))) {
                Hello hello = read.isEmpty() ? reader.take(in) : null;
                if (hello != null) {
                    read.add(hello);
                }
                rest.write(bytes, in.position(), in.remaining());
            }
        });
        if (vector.isError()) {
            assertThat(error).isInstanceOf(ProtocolException.class);
            assertThat(error.getMessage()).startsWith(vector.line("error"));
        } else {
            assertThat(error).isNull();
            assertThat(read).map(SessionVectorsTest::describe).containsExactly(json(vector.line("means")));
            byte[] left = vector.all("rest").isEmpty() ? new byte[0] : Spelled.bytes(vector.line("rest"));
            assertThat(rest.toByteArray()).isEqualTo(left);
        }
    }

    /** The verb and the fields. */
    private static Map<String, Object> describe(Hello hello) {
        String[] parts = hello.toLine().split(" ", 3);
        Map<String, Object> description = new LinkedHashMap<>();
        if (hello instanceof Hello.OtherVersion other) {
            description.put("version", (long) other.version());
        }
        description.put("verb", parts[1]);
        description.putAll(json(parts[2]));
        return description;
    }

    private static Map<String, Object> json(String text) {
        try {
            return JsonText.read(text);
        } catch (MalformedHeaderException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    @ParameterizedTest
    @MethodSource("writtenHellos")
    void our_first_lines_are_these(SessionVector vector) throws Exception {
        byte[] bytes = vector.bytes();
        Hello hello = Objects.requireNonNull(new HelloReader().take(ByteBuffer.wrap(bytes)));
        assertThat(hello.toLine()).isEqualTo(new String(bytes, StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @MethodSource("proofs")
    void proofs_are_these(SessionVector vector) {
        SessionKey key = Objects.requireNonNull(SessionKey.parse(vector.line("key")));
        SessionId session = Objects.requireNonNull(SessionId.parse(vector.line("session")));
        MemoryId memory = Objects.requireNonNull(MemoryId.parse(vector.line("memory")));
        long epoch = Long.parseLong(vector.line("epoch"));
        Proof proof = Objects.requireNonNull(Proof.parse(vector.line("proof")));
        boolean resume = vector.line("side").equals("resume");

        assertThat(resume ? Proof.ofResume(key, session, memory, epoch) : Proof.ofWelcome(key, session, memory, epoch))
                .isEqualTo(proof);
        assertThat(Proof.isRight(key, new Hello.Resume(session, memory, epoch, proof, 0)))
                .isEqualTo(resume);
    }

    @ParameterizedTest
    @MethodSource("checksums")
    void checksums_are_these(SessionVector vector) {
        CRC32C crc = new CRC32C();
        crc.update(vector.bytes());
        assertThat(String.format("%08x", crc.getValue())).isEqualTo(vector.line("crc"));
    }
}
