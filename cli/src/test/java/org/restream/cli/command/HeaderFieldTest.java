package org.restream.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.restream.Header;
import picocli.CommandLine.TypeConversionException;

class HeaderFieldTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a=b           | {\"a\":\"b\"}",
                "a=            | {\"a\":\"\"}",
                "a=b=c         | {\"a\":\"b=c\"}",
                "a:b=c         | {\"a:b\":\"c\"}",
                "a=:=1         | {\"a\":\":=1\"}",
                "a:=1          | {\"a\":1}",
                "a:=1.5        | {\"a\":1.5}",
                "a:=true       | {\"a\":true}",
                "a:=null       | {\"a\":null}",
                "a:=\"v\"      | {\"a\":\"v\"}",
                "a:=[1,\"v\"]  | {\"a\":[1,\"v\"]}",
                "a:={\"v\":[]} | {\"a\":{\"v\":[]}}",
                "a:= 1         | {\"a\":1}",
            })
    void a_field_is_name_and_text_or_name_and_json(String text, String header) {
        HeaderField field = HeaderField.parse(text.strip());

        assertThat(Header.of(field.name(), field.value())).hasToString(header);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "=b", ":=1", "a:=", "a:=b", "a:=1,2", "a:=1,\"x\":2", "a:=1}", "a:=1} ", "a:=[1"})
    void what_is_none_is_refused_and_named(String text) {
        assertThatThrownBy(() -> HeaderField.parse(text))
                .isInstanceOf(TypeConversionException.class)
                .hasMessageContaining("'" + text + "' is not a header field: ");
    }

    @Test
    void a_terminal_is_not_shown_control_characters() {
        assertThatThrownBy(() -> HeaderField.parse("\u001b[2J")).hasMessageContaining("\\u001b[2J");
    }
}
