package org.restream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerAddressTest {
    @ParameterizedTest
    @CsvSource({
        "localhost, localhost, 9967",
        "localhost:1, localhost, 1",
        "localhost:65535, localhost, 65535",
        "localhost:0080, localhost, 80",
        "192.0.2.1:99, 192.0.2.1, 99",
        "a-b.example.org., a-b.example.org., 9967",
        "büro.example, büro.example, 9967",
        "[::1], ::1, 9967",
        "[::1]:99, ::1, 99",
        "[fe80::1%eth0]:99, fe80::1%eth0, 99",
        "[::ffff:192.0.2.1]:99, ::ffff:192.0.2.1, 99"
    })
    void it_reads_a_host_or_an_IPv6_address_in_brackets_with_or_without_a_port(String text, String host, int port) {
        assertThat(ServerAddress.parse(text)).isEqualTo(new ServerAddress(host, port));
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost:1", "192.0.2.1:65535", "[::1]:9967", "[fe80::1%eth0]:99"})
    void it_writes_what_it_reads(String text) {
        assertThat(ServerAddress.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @CsvSource({
        "'', host must not be empty",
        ":99, host must not be empty",
        "a:, 'port must be 1 to 65535, not \"\"'",
        "a:x, 'port must be 1 to 65535, not \"x\"'",
        "a:-1, 'port must be 1 to 65535, not \"-1\"'",
        "a:+1, 'port must be 1 to 65535, not \"+1\"'",
        "a:0, 'port must be 1 to 65535, not 0'",
        "a:65536, 'port must be 1 to 65535, not 65536'",
        "a:99999999999999999999, 'port must be 1 to 65535, not \"99999999999999999999\"'",
        "a:٣, 'port must be 1 to 65535, not \"٣\"'",
        "a: 80, 'port must be 1 to 65535, not \" 80\"'",
        "::1, 'an IPv6 address needs brackets, as in [::1]:9967'",
        "a:1:2, 'an IPv6 address needs brackets, as in [::1]:9967'",
        "[::1, the bracket is not closed",
        "[::1]9967, 'after the bracket comes :port, not 9967'",
        "[::1]], 'after the bracket comes :port, not ]'",
        "[::1]:, 'port must be 1 to 65535, not \"\"'",
        "[], only an IPv6 address may stand in brackets",
        "[localhost]:1, only an IPv6 address may stand in brackets",
        "[[::1]:1, 'host must be a host name or an IP address, not \"[::1\"'",
        "' a', 'host must be a host name or an IP address, not \" a\"'",
        "a b, 'host must be a host name or an IP address, not \"a b\"'",
        "tcp//a, 'host must be a host name or an IP address, not \"tcp//a\"'",
        "me@a, 'host must be a host name or an IP address, not \"me@a\"'"
    })
    void what_is_no_address_is_refused_with_the_text_and_the_rule(String text, String rule) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ServerAddress.parse(text))
                .withMessage('"' + text + "\" is not a server address (host, host:port or [IPv6]:port): " + rule);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "a\rb:1", "a\u001b[31m", "\u0000", "a:1\n", "a:\u202e1", "a\u0085b", "[::1\t]:1"})
    void what_can_not_be_seen_is_made_visible_in_the_message(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ServerAddress.parse(text))
                .satisfies(e -> assertThat(e.getMessage().codePoints())
                        .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT))
                .withMessageContaining("\\u");
    }

    @Test
    void a_long_text_is_cut_in_the_message() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ServerAddress.parse(" ".repeat(100_000)))
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(1_000));
    }

    @Test
    void the_constructor_has_the_same_rules() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ServerAddress("", 1))
                .withMessage("host must not be empty");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ServerAddress("a", 0))
                .withMessage("port must be 1 to 65535, not 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ServerAddress("a", 65_536))
                .withMessage("port must be 1 to 65535, not 65536");
        assertThatNullPointerException()
                .isThrownBy(() -> new ServerAddress(null, 1))
                .withMessage("host must not be null");
        assertThatNullPointerException()
                .isThrownBy(() -> ServerAddress.parse(null))
                .withMessage("server must not be null");
    }
}
