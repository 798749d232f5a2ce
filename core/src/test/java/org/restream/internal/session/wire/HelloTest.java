package org.restream.internal.session.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.restream.internal.session.wire.Hello.Left;
import org.restream.internal.session.wire.Hello.New;
import org.restream.internal.session.wire.Hello.OtherVersion;
import org.restream.internal.session.wire.Hello.Refuse;
import org.restream.internal.session.wire.Hello.Resume;
import org.restream.internal.session.wire.Hello.Welcome;

class HelloTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final SessionId SESSION = SessionId.random(RANDOM);
    private static final SessionKey KEY = SessionKey.random(RANDOM);
    private static final MemoryId MEMORY = MemoryId.random(RANDOM);
    private static final Proof PROOF = Proof.ofResume(KEY, SESSION, MEMORY, 2);
    private static final long MAX = FrameLimits.MAX_NUMBER;
    private static final int INT = Integer.MAX_VALUE;

    static List<Hello> hellos() {
        return List.of(
                new New(SESSION, KEY, 1, 60_000, 10_000, 32_768, 65_536),
                new New(SESSION, KEY, 1, 0, 1, 1, 1_024),
                new New(SESSION, KEY, 1, INT, INT, MAX, FrameLimits.MAX_MAX_FRAME),
                new Resume(SESSION, MEMORY, 2, PROOF, 0),
                new Resume(SESSION, MEMORY, MAX, PROOF, INT),
                new Welcome(MEMORY, 1, 0, 1, 1, 1_024, 0, 0, PROOF),
                new Welcome(MEMORY, MAX, INT, INT, MAX, FrameLimits.MAX_MAX_FRAME, MAX, MAX, PROOF),
                Refuse.of(RefuseCode.DISABLED, ""),
                new Refuse(RefuseCode.BUSY, "256 sessions", MEMORY, 0, List.of(), List.of()),
                new Refuse(RefuseCode.VERSION, "", null, -1, List.of(2, 999), List.of()),
                new Refuse(RefuseCode.EXPIRED, "", MEMORY, -1, List.of(), left()),
                new OtherVersion(2, "new"));
    }

    /** As many as there may be, each as long as can be. */
    private static List<Left> left() {
        return Collections.nCopies(Refuse.MAX_LEFT, new Left(MAX, "finished"));
    }

    private static @Nullable Hello read(String line) throws ProtocolException {
        return new HelloReader().take(ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @MethodSource("hellos")
    void it_equals_itself_after_a_journey(Hello hello) throws Exception {
        assertThat(read(hello.toLine())).isEqualTo(hello);
        assertThat(hello.toLine()).endsWith("}\n").hasLineCount(1);
        assertThat(hello.toLine().length()).isLessThanOrEqualTo(Hello.MAX_LINE);
    }

    @ParameterizedTest
    @MethodSource("hellos")
    void it_is_the_same_in_two_pieces_and_what_follows_is_left(Hello hello) throws Exception {
        byte[] line = (hello.toLine() + "D\n").getBytes(StandardCharsets.UTF_8);
        for (int border = 0; border < line.length - 2; border++) {
            HelloReader reader = new HelloReader();
            assertThat(reader.take(ByteBuffer.wrap(line, 0, border))).isNull();
            assertThat(reader.pending()).isEqualTo(border);
            ByteBuffer rest = ByteBuffer.wrap(line, border, line.length - border);
            assertThat(reader.take(rest)).isEqualTo(hello);
            assertThat(rest.remaining()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @MethodSource("hellos")
    void its_text_shows_no_secret(Hello hello) {
        assertThat(hello.toString())
                .doesNotContain(
                        KEY.text(), PROOF.text(), SESSION.text(), SESSION.text().substring(5));
    }

    @Test
    void its_text_shows_what_else_there_is() {
        assertThat(new Resume(SESSION, MEMORY, 2, PROOF, 5))
                .hasToString("Resume[session=" + SESSION.shortText() + "…, memory=" + MEMORY.text()
                        + ", epoch=2, proof=hidden, lostMillis=5]");
    }

    @Test
    void a_line_has_an_end_at_4096_bytes() throws Exception {
        String begin = "restream/1 refuse {\"code\":\"busy\",\"x\":\"";
        String line = begin + "x".repeat(4_096 - begin.length() - 3) + "\"}\n";
        assertThat(line).hasSize(4_096);
        assertThat(read(line)).isEqualTo(Refuse.of("busy", ""));
        String longer = line.replace("xx", "xx ").substring(0, 4_096) + '\n';
        assertThatThrownBy(() -> read(longer)).hasMessage("the first line is longer than 4096 bytes");
    }

    @Test
    void a_line_that_would_be_too_long_is_not_made() {
        Refuse refuse =
                new Refuse("busy", "", null, -1, List.of(), new ArrayList<>(Collections.nCopies(200, left().get(0))));
        assertThatThrownBy(refuse::toLine)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching("a first line of [0-9]+ bytes is longer than 4096");
    }

    /** The line's verb, a field, what stands there, and what is said of it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "new     | epoch     | 0                | 0, and not 1",
                "new     | epoch     | 2                | 2, and not 1",
                "new     | keepMs    | -1               | -1, and not a whole number from 0 to 2147483647",
                "new     | keepMs    | 2147483648       | 2147483648, and not a whole number from 0 to 2147483647",
                "new     | beatMs    | 0                | 0, and not a whole number from 1 to 2147483647",
                "new     | window    | 0                | 0, and not a whole number from 1 to 9007199254740991",
                "new     | window    | 9007199254740992 | 9007199254740992, and not a whole number from 1 to 9007199254740991",
                "new     | window    | 1.5              | 1.5, and not a whole number from 1 to 9007199254740991",
                "new     | window    | 1.0              | 1.0, and not a whole number from 1 to 9007199254740991",
                "new     | window    | true             | true, and not a whole number from 1 to 9007199254740991",
                "new     | maxFrame  | 1023             | 1023, and not a whole number from 1024 to 1048576",
                "new     | maxFrame  | 1048577          | 1048577, and not a whole number from 1024 to 1048576",
                "resume  | epoch     | 1                | 1, and not a whole number from 2 to 9007199254740991",
                "resume  | memory    | \"abc\"          | \"abc\", and not 11 characters of base64url (8 bytes)",
                "resume  | lostMs    | \"5\"            | \"5\", and not a whole number from 0 to 2147483647",
                "welcome | seen      | -1               | -1, and not a whole number from 0 to 9007199254740991",
                "welcome | seen      | 3                | 3, and not at most \"exchanges\", 2",
                "refuse  | code      | \"\"             | \"\", and not 1 to 32 characters from a-z and the hyphen",
                "refuse  | code      | \"Busy\"         | \"Busy\", and not 1 to 32 characters from a-z and the hyphen",
                "refuse  | code      | 7                | 7, and not 1 to 32 characters from a-z and the hyphen",
                "refuse  | text      | 7                | 7, and not text of at most 256 bytes in UTF-8",
                "refuse  | speaks    | 2                | 2, and not an array of at most 16",
                "refuse  | speaks    | [0]              | 0, and not a whole number from 1 to 999",
                "refuse  | exchanges | [7]              | 7, and not pairs of a number and a word",
                "refuse  | exchanges | [[7]]            | [7], and not pairs of a number and a word",
                "refuse  | exchanges | [[0,\"a\"]]      | 0, and not a whole number from 1 to 9007199254740991",
                "refuse  | exchanges | [[1,\"a b\"]]    | \"a b\", and not 1 to 32 characters from a-z and the hyphen"
            })
    void a_bad_field_is_named_with_its_value_and_its_rule(String verb, String field, String value, String message) {
        assertThatThrownBy(() -> read(line(verb, field, value)))
                .isInstanceOf(ProtocolException.class)
                .hasMessage("field \"" + field + "\" is " + message);
    }

    @ParameterizedTest
    @CsvSource({
        "new, session",
        "new, key",
        "new, epoch",
        "new, keepMs",
        "new, beatMs",
        "new, window",
        "new, maxFrame",
        "resume, session",
        "resume, memory",
        "resume, epoch",
        "resume, proof",
        "welcome, memory",
        "welcome, epoch",
        "welcome, keepMs",
        "welcome, beatMs",
        "welcome, window",
        "welcome, maxFrame",
        "welcome, exchanges",
        "welcome, seen",
        "welcome, proof",
        "refuse, code"
    })
    void a_field_that_must_be_there_is_there(String verb, String field) {
        assertThatThrownBy(() -> read(line(verb, field, "null"))).hasMessage("field \"" + field + "\" is missing");
        assertThatThrownBy(() -> read(line(verb, field, null))).hasMessage("field \"" + field + "\" is missing");
    }

    @ParameterizedTest
    @CsvSource({"new, session, 22, 16", "new, key, 43, 32", "resume, proof, 43, 32"})
    void a_bad_secret_is_named_without_its_value(String verb, String field, int chars, int bytes) {
        String rule = " its " + chars + " characters of base64url (" + bytes + " bytes)";
        for (String bad : List.of("s3cret", "s3cret".repeat(10).substring(0, chars - 1) + '+')) {
            assertThatThrownBy(() -> read(line(verb, field, '"' + bad + '"')))
                    .hasMessage("field \"" + field + "\" is " + bad.length() + " characters that are not" + rule);
        }
        assertThatThrownBy(() -> read(line(verb, field, "5"))).hasMessage("field \"" + field + "\" is not" + rule);
    }

    /** A line of such a kind with one field's value changed, or without it. */
    private static String line(String verb, String field, @Nullable String value) {
        String line = hellos().stream()
                .map(Hello::toLine)
                .filter(candidate -> candidate.startsWith("restream/1 " + verb))
                .findFirst()
                .orElseThrow();
        if (verb.equals("welcome")) {
            line = line.replaceFirst("\"exchanges\":0", "\"exchanges\":2");
        }
        String without =
                line.replaceFirst('"' + field + "\":(\"[^\"]*\"|[0-9]+),?", "").replace(",}", "}");
        return value == null
                ? without
                : without.replaceFirst("\\{", "{\"" + field + "\":" + value + ',')
                        .replace(",}", "}");
    }

    @Test
    void unknown_fields_are_skipped_and_optional_ones_may_be_null() throws Exception {
        assertThat(
                        read(
                                "restream/1 refuse {\"at\":[{}],\"text\":null,\"code\":\"odd-one\",\"memory\":null,\"dh\":7}\n"))
                .isEqualTo(Refuse.of("odd-one", ""));
    }

    @Test
    void a_refusal_is_read_whatever_its_version_and_nothing_else_is() throws Exception {
        assertThat(read("restream/999 refuse {\"code\":\"version\"}\n")).isEqualTo(Refuse.of("version", ""));
        assertThat(read("restream/2 welcome whatever\n")).isEqualTo(new OtherVersion(2, "welcome"));
        assertThat(read("restream/2 other {}\n")).isEqualTo(new OtherVersion(2, "other"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "restream/1 hallo {}     | verb \"hallo\" is none of new, resume, welcome and refuse",
                "restream/1 new          | the first line is not \"restream/VERSION VERB JSON\": \"restream/1 new\"",
                "restream/0 new {}       | the first line is not \"restream/VERSION VERB JSON\": \"restream/0 new \"",
                "restream/01 new {}      | the first line is not \"restream/VERSION VERB JSON\": \"restream/01 new \"",
                "restream/1000 new {}    | the first line is not \"restream/VERSION VERB JSON\": \"restream/1000 new \"",
                "restream/1  new {}      | the first line is not \"restream/VERSION VERB JSON\": \"restream/1  new \"",
                "restream/1 NEW {}       | the first line is not \"restream/VERSION VERB JSON\": \"restream/1 NEW \"",
                "restream/1 new []       | the first line's third part is not a JSON object, but an array",
                "restream/1 new {} {}    | the first line's third part goes on after its JSON object, at character 3",
                "restreem/1 new {}       | the first line does not begin with \"restream/\": byte 0x65 at offset 6",
                "GET / HTTP/1.1          | the first line does not begin with \"restream/\": byte 0x47 at offset 0"
            })
    void what_is_no_first_line(String line, String message) {
        assertThatThrownBy(() -> read(line + '\n'))
                .isInstanceOf(ProtocolException.class)
                .hasMessage(message);
    }

    @Test
    void another_protocol_hears_of_it_at_its_first_byte() {
        assertThatThrownBy(() -> read("G")).isInstanceOf(ProtocolException.class);
        assertThatThrownBy(() -> read("restream ")).isInstanceOf(ProtocolException.class);
    }

    @Test
    void a_line_is_UTF_8() {
        byte[] line =
                "restream/1 refuse {\"code\":\"busy\",\"text\":\"\u00ff\"}\n".getBytes(StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> new HelloReader().take(ByteBuffer.wrap(line)))
                .hasMessage("the first line is not UTF-8");
    }
}
