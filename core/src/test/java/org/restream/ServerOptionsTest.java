package org.restream;

import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofNanos;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ServerOptionsTest {
    private static final Duration TOO_LONG = ofNanos(Long.MAX_VALUE).plusNanos(1);
    private static final Listener<ServerEvent> LISTENER = event -> {};

    /** Name, default, getter, another value, setter. */
    static Stream<Arguments> options() {
        return Stream.of(
                option("host", "127.0.0.1", ServerOptions::host, "::", o -> o.host("::")),
                option("port", 9967, ServerOptions::port, 0, o -> o.port(0)),
                option("maxConnections", 10_000, ServerOptions::maxConnections, 1, o -> o.maxConnections(1)),
                option(
                        "maxConnectionsPerAddress",
                        0,
                        ServerOptions::maxConnectionsPerAddress,
                        7,
                        o -> o.maxConnectionsPerAddress(7)),
                option(
                        "proxyProtocol",
                        List.of(),
                        ServerOptions::proxyProtocol,
                        List.of("10.0.0.0/8", "::1"),
                        o -> o.proxyProtocol("10.0.0.0/8", "::1")),
                option("maxHeaderBytes", 65_536, ServerOptions::maxHeaderBytes, 2, o -> o.maxHeaderBytes(2)),
                option("headerTimeout", ofSeconds(30), ServerOptions::headerTimeout, ZERO, o -> o.headerTimeout(ZERO)),
                option("idleTimeout", ZERO, ServerOptions::idleTimeout, ofMillis(1), o -> o.idleTimeout(ofMillis(1))),
                option("closeGrace", ofSeconds(5), ServerOptions::closeGrace, ZERO, o -> o.closeGrace(ZERO)),
                option("listener", null, ServerOptions::listener, LISTENER, o -> o.listener(LISTENER)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("options")
    void an_option_has_its_default_and_is_set_in_a_copy(
            String name,
            Object byDefault,
            Function<ServerOptions, Object> getter,
            Object value,
            UnaryOperator<ServerOptions> setter) {
        ServerOptions before = ServerOptions.defaults();
        ServerOptions after = setter.apply(before);
        assertThat(getter.apply(before)).isEqualTo(byDefault);
        assertThat(getter.apply(after)).isEqualTo(value);
        assertThat(after).isNotSameAs(before);
        assertThat(getter.apply(ServerOptions.defaults())).isEqualTo(byDefault);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("options")
    void a_copy_keeps_the_other_options(
            String name,
            Object byDefault,
            Function<ServerOptions, Object> getter,
            Object value,
            UnaryOperator<ServerOptions> setter) {
        ServerOptions all = ServerOptions.defaults();
        for (Object setOne : options().map(option -> option.get()[4]).toList()) {
            all = apply(setOne, all);
        }
        assertThat(getter.apply(all)).isEqualTo(value);
    }

    @SuppressWarnings("unchecked")
    private static ServerOptions apply(Object setter, ServerOptions options) {
        return ((UnaryOperator<ServerOptions>) setter).apply(options);
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                bad("host must not be empty", o -> o.host("")),
                bad("host must be a host name or an IP address, not \"a b\\u000a\"", o -> o.host("a b\n")),
                bad("port must be 0 to 65535, not -1", o -> o.port(-1)),
                bad("port must be 0 to 65535, not 65536", o -> o.port(65_536)),
                bad("maxConnections must be 1 or more, not 0", o -> o.maxConnections(0)),
                bad("maxConnectionsPerAddress must be 0 or more, not -1", o -> o.maxConnectionsPerAddress(-1)),
                bad("maxHeaderBytes must be 2 or more, not 1", o -> o.maxHeaderBytes(1)),
                bad("headerTimeout must not be negative, but is PT-1S", o -> o.headerTimeout(ofSeconds(-1))),
                bad("headerTimeout must be at most 292 years, not " + TOO_LONG, o -> o.headerTimeout(TOO_LONG)),
                bad("idleTimeout must not be negative, but is PT-1S", o -> o.idleTimeout(ofSeconds(-1))),
                bad("idleTimeout must be at most 292 years, not " + TOO_LONG, o -> o.idleTimeout(TOO_LONG)),
                bad("closeGrace must not be negative, but is PT-1S", o -> o.closeGrace(ofSeconds(-1))),
                bad("closeGrace must be at most 292 years, not " + TOO_LONG, o -> o.closeGrace(TOO_LONG)),
                bad(
                        "the number of addresses of proxyProtocol must be 1 or more, not 0",
                        o -> o.proxyProtocol(new String[0])),
                bad(
                        "proxyProtocol must be IP addresses and networks: \"a\\u000a\" is none (10.0.0.7, 10.0.0.0/8,"
                                + " ::1 or fd00::/8): names are not looked up",
                        o -> o.proxyProtocol("::1", "a\n")),
                none("proxyProtocol must not be null", o -> o.proxyProtocol((String[]) null)),
                none("an address of proxyProtocol must not be null", o -> o.proxyProtocol("::1", null)),
                none("host must not be null", o -> o.host(null)),
                none("headerTimeout must not be null", o -> o.headerTimeout(null)),
                none("idleTimeout must not be null", o -> o.idleTimeout(null)),
                none("closeGrace must not be null", o -> o.closeGrace(null)),
                none("listener must not be null", o -> o.listener(null)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void a_bad_value_is_refused_where_it_is_set(
            String message, Class<? extends Throwable> type, UnaryOperator<ServerOptions> setter) {
        assertThatThrownBy(() -> setter.apply(ServerOptions.defaults()))
                .isExactlyInstanceOf(type)
                .hasMessage(message);
    }

    private static Arguments option(
            String name,
            Object byDefault,
            Function<ServerOptions, Object> getter,
            Object value,
            UnaryOperator<ServerOptions> setter) {
        return arguments(name, byDefault, getter, value, setter);
    }

    private static Arguments bad(String message, UnaryOperator<ServerOptions> setter) {
        return arguments(message, IllegalArgumentException.class, setter);
    }

    private static Arguments none(String message, UnaryOperator<ServerOptions> setter) {
        return arguments(message, NullPointerException.class, setter);
    }
}
