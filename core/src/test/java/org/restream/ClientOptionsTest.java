package org.restream;

import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofNanos;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ClientOptionsTest {
    private static final Duration TOO_LONG = ofNanos(Long.MAX_VALUE).plusNanos(1);
    private static final Backoff BACKOFF = failures -> ZERO;
    private static final Listener<ClientEvent> LISTENER = event -> {};

    /** Name, default, getter, another value, setter. */
    static Stream<Arguments> options() {
        return Stream.of(
                option("servers", one("127.0.0.1:9967"), ClientOptions::servers, one("a:1"), o -> o.servers("a:1")),
                option("retryDelay", ofSeconds(30), ClientOptions::retryDelay, ZERO, o -> o.retryDelay(ZERO)),
                option("resetTimeout", 10, ClientOptions::resetTimeout, 1, o -> o.resetTimeout(1)),
                option("jitter", 0.0, ClientOptions::jitter, 1.0, o -> o.jitter(1)),
                option("fastFailover", false, ClientOptions::fastFailover, true, o -> o.fastFailover(true)),
                option("backoff", ofSeconds(90), o -> o.backoff().delay(3), BACKOFF.delay(3), o -> o.backoff(BACKOFF)),
                option("maxFailures", 0, ClientOptions::maxFailures, 1, o -> o.maxFailures(1)),
                option(
                        "reconnect",
                        Reconnect.UNTIL_COMPLETE,
                        ClientOptions::reconnect,
                        Reconnect.ALWAYS,
                        o -> o.reconnect(Reconnect.ALWAYS)),
                option(
                        "connectTimeout",
                        ofSeconds(10),
                        ClientOptions::connectTimeout,
                        ofNanos(1),
                        o -> o.connectTimeout(ofNanos(1))),
                option("idleTimeout", ZERO, ClientOptions::idleTimeout, ofMillis(1), o -> o.idleTimeout(ofMillis(1))),
                option("maxHeaderBytes", 65_536, ClientOptions::maxHeaderBytes, 2, o -> o.maxHeaderBytes(2)),
                option("allowEmptyAnswer", false, ClientOptions::allowEmptyAnswer, true, o -> o.allowEmptyAnswer(true)),
                option("refusals", true, ClientOptions::refusals, false, o -> o.refusals(false)),
                option("interruptOnLoss", true, ClientOptions::interruptOnLoss, false, o -> o.interruptOnLoss(false)),
                option("maxTime", ZERO, ClientOptions::maxTime, ofSeconds(9), o -> o.maxTime(ofSeconds(9))),
                option("listener", null, ClientOptions::listener, LISTENER, o -> o.listener(LISTENER)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("options")
    void an_option_has_its_default_and_is_set_in_a_copy(
            String name,
            Object byDefault,
            Function<ClientOptions, Object> getter,
            Object value,
            UnaryOperator<ClientOptions> setter) {
        ClientOptions before = ClientOptions.defaults();
        ClientOptions after = setter.apply(before);
        assertThat(getter.apply(before)).isEqualTo(byDefault);
        assertThat(getter.apply(after)).isEqualTo(value);
        assertThat(after).isNotSameAs(before);
        assertThat(getter.apply(ClientOptions.defaults())).isEqualTo(byDefault);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("options")
    void a_copy_keeps_the_other_options(
            String name,
            Object byDefault,
            Function<ClientOptions, Object> getter,
            Object value,
            UnaryOperator<ClientOptions> setter) {
        ClientOptions all = ClientOptions.defaults();
        for (Object setOne : options().map(option -> option.get()[4]).toList()) {
            all = apply(setOne, all);
        }
        assertThat(getter.apply(all)).isEqualTo(value);
    }

    @SuppressWarnings("unchecked")
    private static ClientOptions apply(Object setter, ClientOptions options) {
        return ((UnaryOperator<ClientOptions>) setter).apply(options);
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                bad("the number of servers must be 1 or more, not 0", o -> o.servers(List.of())),
                bad("the number of servers must be 1 or more, not 0", o -> o.servers(new String[0])),
                bad("retryDelay must be at most 292 years, not " + TOO_LONG, o -> o.retryDelay(TOO_LONG)),
                bad("retryDelay must not be negative, but is PT-0.001S", o -> o.retryDelay(ofMillis(-1))),
                bad("maxTime must not be negative, but is PT-0.001S", o -> o.maxTime(ofMillis(-1))),
                bad("resetTimeout must be 1 or more, not 0", o -> o.resetTimeout(0)),
                bad("resetTimeout must be 1 or more, not -2147483648", o -> o.resetTimeout(Integer.MIN_VALUE)),
                bad("jitter must be from 0 to 1, not -0.1", o -> o.jitter(-0.1)),
                bad("jitter must be from 0 to 1, not 1.1", o -> o.jitter(1.1)),
                bad("jitter must be from 0 to 1, not NaN", o -> o.jitter(Double.NaN)),
                bad("jitter must be from 0 to 1, not Infinity", o -> o.jitter(Double.POSITIVE_INFINITY)),
                bad("maxFailures must be 0 or more, not -1", o -> o.maxFailures(-1)),
                bad("connectTimeout must be more than 0, not PT0S", o -> o.connectTimeout(ZERO)),
                bad("connectTimeout must be more than 0, not PT-1S", o -> o.connectTimeout(ofSeconds(-1))),
                bad("connectTimeout must be at most 292 years, not " + TOO_LONG, o -> o.connectTimeout(TOO_LONG)),
                bad("idleTimeout must not be negative, but is PT-1S", o -> o.idleTimeout(ofSeconds(-1))),
                bad("idleTimeout must be at most 292 years, not " + TOO_LONG, o -> o.idleTimeout(TOO_LONG)),
                bad("maxHeaderBytes must be 2 or more, not 1", o -> o.maxHeaderBytes(1)),
                none("servers must not be null", o -> o.servers((List<ServerAddress>) null)),
                none("servers must not be null", o -> o.servers((String[]) null)),
                none("server must not be null", o -> o.servers("a", null)),
                none("server must not be null", o -> o.servers(Arrays.asList(new ServerAddress("a", 1), null))),
                none("retryDelay must not be null", o -> o.retryDelay(null)),
                none("backoff must not be null", o -> o.backoff(null)),
                none("reconnect must not be null", o -> o.reconnect(null)),
                none("connectTimeout must not be null", o -> o.connectTimeout(null)),
                none("idleTimeout must not be null", o -> o.idleTimeout(null)),
                none("listener must not be null", o -> o.listener(null)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void a_bad_value_is_refused_where_it_is_set(
            String message, Class<? extends Throwable> type, UnaryOperator<ClientOptions> setter) {
        assertThatThrownBy(() -> setter.apply(ClientOptions.defaults()))
                .isExactlyInstanceOf(type)
                .hasMessage(message);
    }

    @Test
    void a_server_that_is_none_is_refused_with_its_text() {
        assertThatThrownBy(() -> ClientOptions.defaults().servers("a", "b:x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("\"b:x\" is not a server address");
    }

    @Test
    void the_list_of_servers_is_copied() {
        List<ServerAddress> mine = new ArrayList<>(one("a:1"));
        ClientOptions options = ClientOptions.defaults().servers(mine);
        mine.clear();
        assertThat(options.servers()).isEqualTo(one("a:1"));
        assertThatThrownBy(() -> options.servers().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void the_default_backoff_is_linear_in_the_delay_that_is_set() {
        Backoff backoff = ClientOptions.defaults()
                .retryDelay(ofSeconds(2))
                .resetTimeout(3)
                .backoff();
        assertThat(IntStream.of(1, 2, 3, 4, 5).mapToObj(backoff::delay))
                .containsExactly(ofSeconds(2), ofSeconds(4), ofSeconds(6), ofSeconds(2), ofSeconds(4));
    }

    /** The name in simple-protocol. */
    @Test
    @SuppressWarnings("deprecation")
    void timeout_is_an_alias_of_retryDelay() {
        ClientOptions options = ClientOptions.defaults().timeout(ofSeconds(2));
        assertThat(options).isEqualTo(ClientOptions.defaults().retryDelay(ofSeconds(2)));
        assertThat(options.retryDelay()).isEqualTo(ofSeconds(2));
        assertThat(options.timeout()).isEqualTo(ofSeconds(2));
        assertThatThrownBy(() -> options.timeout(ofMillis(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("timeout must not be negative, but is PT-0.001S");
    }

    private static List<ServerAddress> one(String server) {
        return List.of(ServerAddress.parse(server));
    }

    private static Arguments option(
            String name,
            Object byDefault,
            Function<ClientOptions, Object> getter,
            Object value,
            UnaryOperator<ClientOptions> setter) {
        return arguments(name, byDefault, getter, value, setter);
    }

    private static Arguments bad(String message, UnaryOperator<ClientOptions> setter) {
        return arguments(message, IllegalArgumentException.class, setter);
    }

    private static Arguments none(String message, UnaryOperator<ClientOptions> setter) {
        return arguments(message, NullPointerException.class, setter);
    }
}
