package org.restream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderTest {
    @Test
    void of_nothing_is_empty() throws Exception {
        assertThat(Header.of()).isEmpty();
        assertThat(Header.of()).hasToString("{}").isEqualTo(Header.parse("{}")).isEqualTo(Map.of());
        assertThat(Header.of().get(null)).isNull();
        assertThat(Header.of().containsKey(null)).isFalse();
    }

    @Test
    void fields_keep_their_order() throws Exception {
        Header header = Header.of("zebra", 1, "apple", 2, "10", 3, "9", 4);

        assertThat(header).hasToString("{\"zebra\":1,\"apple\":2,\"10\":3,\"9\":4}");
        assertThat(header).containsExactly(entry("zebra", 1L), entry("apple", 2L), entry("10", 3L), entry("9", 4L));
        assertThat(Header.parse(header.toString()).keySet()).containsExactly("zebra", "apple", "10", "9");
    }

    @Test
    void of_a_name_said_twice_the_last_value_counts() throws Exception {
        assertThat(Header.of("a", 1, "b", 2, "a", 3)).hasToString("{\"a\":3,\"b\":2}");
        assertThat(Header.parse("{\"a\":1,\"b\":2,\"a\":3}")).hasToString("{\"a\":3,\"b\":2}");
    }

    @Test
    void a_name_without_a_value_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Header.of("a", 1, "b"))
                .withMessage("a header takes name, value, name, value, …, but these are 3");
    }

    @Test
    void a_name_that_is_no_text_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Header.of(1, "a"))
                .withMessage("a header's field name must be text, not 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Header.from(Collections.singletonMap(null, 1)))
                .withMessage("a header's field name must be text, not null");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Header.of("a", Map.of("b", Map.of(1, 2))))
                .withMessage("a header's field name must be text, not 1, in a.b");
    }

    @Test
    void a_name_with_half_a_surrogate_pair_is_refused_since_peers_can_not_read_it() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Header.of("x\ud83d", 1))
                .withMessageContaining("\"x\\ud83d\"");
        assertThat(Header.of("half", "\ud83d")).hasToString("{\"half\":\"\\ud83d\"}");
    }

    static Stream<Arguments> notJson() {
        return Stream.of(
                Arguments.of(new Object(), "header field \"a\" is a java.lang.Object; it must be text, a number"),
                Arguments.of(List.of(1, Thread.State.NEW), "header field \"a[1]\" is a java.lang.Thread$State; it"),
                Arguments.of(Map.of("b", new int[1]), "header field \"a.b\" is a [I; it must be"),
                Arguments.of(Double.NaN, "header field \"a\" is NaN, which JSON can't represent"),
                Arguments.of(Float.NEGATIVE_INFINITY, "header field \"a\" is -Infinity, which JSON can't represent"),
                Arguments.of(
                        BigInteger.TEN.pow(1000),
                        "header field \"a\" is a number of 1001 digits; at most 1000 are allowed"));
    }

    @ParameterizedTest
    @MethodSource("notJson")
    void what_json_can_not_say_is_refused_with_its_field(Object value, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Header.of("a", value))
                .withMessageStartingWith(message);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void the_deepest_header_that_can_be_made_can_be_read_and_no_deeper_one(boolean maps) throws Exception {
        Header deepest = Header.of("a", nested(499, maps));
        assertThat(Header.parse(deepest.toString())).isEqualTo(deepest);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Header.of("a", nested(500, maps)))
                .withMessage("a header can't be deeper than 500 levels");
    }

    private static Object nested(int levels, boolean maps) {
        Object value = maps ? Map.of() : List.of();
        for (int i = 1; i < levels; i++) {
            value = maps ? Map.of("a", value) : List.of(value);
        }
        return value;
    }

    @Test
    void a_collection_that_contains_itself_is_refused() {
        List<Object> endless = new ArrayList<>();
        endless.add(endless);

        assertThatIllegalArgumentException().isThrownBy(() -> Header.of("a", endless));
    }

    @Test
    void the_longest_number_that_can_be_made_can_be_read() throws Exception {
        Header header = Header.of(
                "a", BigInteger.TEN.pow(999), "b", BigInteger.TEN.pow(999).negate());

        assertThat(Header.parse(header.toString())).isEqualTo(header);
    }

    static Stream<Arguments> forms() {
        return Stream.of(
                Arguments.of((byte) 1, 1L, "1"),
                Arguments.of(new AtomicInteger(7), 7L, "7"),
                Arguments.of(new BigInteger("5"), 5L, "5"),
                Arguments.of(
                        new BigInteger("9223372036854775808"),
                        new BigInteger("9223372036854775808"),
                        "9223372036854775808"),
                Arguments.of(0.1f, 0.1, "0.1"),
                Arguments.of(new BigDecimal("1.50"), 1.5, "1.5"),
                Arguments.of(new BigDecimal("1e400"), new BigDecimal("1e400"), "1E+400"),
                Arguments.of(
                        new BigDecimal("1234567890123456789"),
                        new BigDecimal("1234567890123456789.0"),
                        "1234567890123456789.0"),
                Arguments.of(-0.0, -0.0, "-0.0"),
                Arguments.of('c', "c", "\"c\""),
                Arguments.of(new StringBuffer("text"), "text", "\"text\""),
                Arguments.of(new String[] {"x", null}, Arrays.asList("x", null), "[\"x\",null]"),
                Arguments.of(null, null, "null"),
                Arguments.of(true, true, "true"));
    }

    @ParameterizedTest
    @MethodSource("forms")
    void each_value_has_one_form(Object given, Object form, String json) throws Exception {
        Header header = Header.from(Collections.singletonMap("a", given));

        assertThat(header.get("a")).isEqualTo(form);
        assertThat(header).hasToString("{\"a\":" + json + "}").isEqualTo(Header.parse(header.toString()));
    }

    @Test
    void getters_give_what_is_there() {
        Header header = Header.of("text", "x", "number", 5, "truth", false, "nothing", null);

        assertThat(header.getString("text")).isEqualTo("x");
        assertThat(header.getLong("number")).isEqualTo(5);
        assertThat(header.getBoolean("truth")).isFalse();
        assertThat(header.getString("nothing")).isNull();
        assertThat(header.getLong("absent")).isNull();
        assertThat(header.getBoolean("absent")).isNull();
        assertThat(header.containsKey("nothing")).isTrue();
        assertThat(header.containsKey("absent")).isFalse();
    }

    @Test
    void getters_refuse_another_type_and_name_field_and_value() {
        Header header = Header.of("n", 1.5, "s", "5", "big", new BigInteger("9223372036854775808"), "l", List.of(1));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> header.getString("n"))
                .withMessage("header field \"n\" is not text, but 1.5");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> header.getLong("s"))
                .withMessage("header field \"s\" is not a whole number of at most 64 bits, but \"5\"");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> header.getLong("big"))
                .withMessageEndingWith("but 9223372036854775808");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> header.getBoolean("l"))
                .withMessage("header field \"l\" is not true or false, but [1]");
    }

    @Test
    void a_strangers_value_is_made_fit_for_a_message() throws Exception {
        Header header = Header.parse("{\"a\":\"\u009b31m\u202e" + "x".repeat(1000) + "\"}");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> header.getLong("a"))
                .satisfies(e -> assertThat(e.getMessage())
                        .contains("\"\\u009b31m\\u202e")
                        .hasSizeLessThan(400));
    }

    @Test
    void nothing_in_it_can_be_changed() throws Exception {
        for (Header header :
                List.of(Header.of("l", List.of(1), "m", Map.of("a", 1)), Header.parse("{\"l\":[1],\"m\":{\"a\":1}}"))) {
            assertThatThrownBy(() -> header.put("b", 1)).isInstanceOf(UnsupportedOperationException.class);
            assertThatThrownBy(() -> header.remove("l")).isInstanceOf(UnsupportedOperationException.class);
            assertThatThrownBy(header::clear).isInstanceOf(UnsupportedOperationException.class);
            assertThatThrownBy(() -> header.entrySet().iterator().next().setValue(1))
                    .isInstanceOf(UnsupportedOperationException.class);
            assertThatThrownBy(() -> ((List<?>) header.get("l")).remove(0))
                    .isInstanceOf(UnsupportedOperationException.class);
            assertThatThrownBy(() -> ((Map<?, ?>) header.get("m")).remove("a"))
                    .isInstanceOf(UnsupportedOperationException.class);
        }
    }

    @Test
    void one_field_is_a_map_like_any_other() throws Exception {
        for (Header header :
                List.of(Header.of("a", null), Header.parse("{\"a\":null}"), Header.parse(" {\"a\" : null}"))) {
            assertThat(header).containsExactly(entry("a", null)).hasToString("{\"a\":null}");
            assertThat(header.containsKey("a")).isTrue();
            assertThat(header.containsKey(null)).isFalse();
            assertThat(header.get(null)).isNull();
            assertThat(header.getString("b")).isNull();
            assertThatThrownBy(() -> header.put("a", 1)).isInstanceOf(UnsupportedOperationException.class);
            assertThatThrownBy(() -> header.remove("a")).isInstanceOf(UnsupportedOperationException.class);
            assertThatThrownBy(header::clear).isInstanceOf(UnsupportedOperationException.class);
            assertThatThrownBy(() -> header.entrySet().iterator().next().setValue(1))
                    .isInstanceOf(UnsupportedOperationException.class);
        }
    }

    @Test
    void what_it_was_made_from_may_change_later() {
        List<Object> list = new ArrayList<>(List.of(1));
        Map<String, Object> map = new LinkedHashMap<>(Map.of("l", list));
        Header header = Header.from(map);

        map.put("b", 2);
        list.add(2);

        assertThat(header).isEqualTo(Header.of("l", List.of(1)));
    }

    @Test
    void from_a_header_is_that_header() {
        Header header = Header.of("a", 1);

        assertThat(Header.from(header)).isSameAs(header);
    }

    @Test
    void equality_is_that_of_maps_and_blind_to_order() {
        assertThat(Header.of("a", 1, "b", 2)).isEqualTo(Header.of("b", 2, "a", 1));
        assertThat(Header.of("a", 1)).isEqualTo(Map.of("a", 1L)).hasSameHashCodeAs(Map.of("a", 1L));
        assertThat(Header.of("a", 1)).isNotEqualTo(Header.of("a", "1")).isNotEqualTo(Header.of("a", 1.0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e99999999999", "1e-99999999999", "-1e2147483648", "0e99999999999", "1.5e-2147483648"})
    void a_number_beyond_all_numbers_is_an_error_of_the_peer(String number) {
        assertThatThrownBy(() -> Header.parse("{\"a\":[" + number + "]}"))
                .isInstanceOf(MalformedHeaderException.class)
                .hasMessageContaining(number);
    }

    @Test
    void an_error_says_what_and_where() {
        assertThatThrownBy(() -> Header.parse("{\"a\":1,}"))
                .isInstanceOf(MalformedHeaderException.class)
                .hasMessageStartingWith("the header is not JSON: Unexpected character ('}'")
                .hasMessageEndingWith(", at character 7");
        assertThatThrownBy(() -> Header.parse("\u001b[31m"))
                .isInstanceOf(MalformedHeaderException.class)
                .message()
                .doesNotContain("\u001b");
    }
}
