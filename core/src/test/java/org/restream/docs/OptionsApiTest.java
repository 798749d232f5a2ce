package org.restream.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.restream.ClientEvent;
import org.restream.ClientOptions;
import org.restream.Listener;
import org.restream.ServerOptions;

/** Options as users see them, from another package: what is inherited from classes that are not public is theirs too. */
class OptionsApiTest {
    private static final Duration TIME = Duration.ofMillis(5);

    static List<Object> options() {
        return List.of(ClientOptions.defaults(), ServerOptions.defaults());
    }

    @Test
    void each_setter_returns_the_type_that_it_was_called_on() {
        ClientOptions client = ClientOptions.defaults()
                .idleTimeout(TIME)
                .retryDelay(TIME)
                .maxHeaderBytes(5)
                .withoutTls()
                .servers("a")
                .withoutListener()
                .withoutBackoff()
                .connectTimeout(TIME);
        ServerOptions server = ServerOptions.defaults()
                .idleTimeout(TIME)
                .port(0)
                .maxHeaderBytes(5)
                .withoutTls()
                .withoutListener()
                .host("a");
        assertThat(client.idleTimeout()).isEqualTo(server.idleTimeout()).isEqualTo(TIME);
    }

    @Test
    void methods_can_be_referred_to() {
        Function<Duration, ClientOptions> client = ClientOptions.defaults()::idleTimeout;
        Function<ServerOptions, ServerOptions> server = ServerOptions::withoutTls;
        Function<ClientOptions, Listener<? super ClientEvent>> listener = ClientOptions::listener;
        assertThat(client.apply(TIME).idleTimeout()).isEqualTo(TIME);
        assertThat(server.apply(ServerOptions.defaults())).isEqualTo(ServerOptions.defaults());
        assertThat(listener.apply(ClientOptions.defaults())).isNull();
    }

    /** As scripting languages and dependency injection call them. */
    @ParameterizedTest
    @MethodSource("options")
    void methods_are_public_and_of_a_public_class(Object defaults) throws Throwable {
        for (Method method : defaults.getClass().getMethods()) {
            assertThat(Modifier.isPublic(method.getDeclaringClass().getModifiers()))
                    .as(method.toString())
                    .isTrue();
        }
        Object set =
                defaults.getClass().getMethod("idleTimeout", Duration.class).invoke(defaults, TIME);
        assertThat(set).isInstanceOf(defaults.getClass());
        assertThat(MethodHandles.publicLookup()
                        .unreflect(defaults.getClass().getMethod("idleTimeout"))
                        .invoke(set))
                .isEqualTo(TIME);
    }

    static Stream<Function<ClientOptions, ClientOptions>> changes() {
        return Stream.of(
                options -> options.servers("a"),
                options -> options.jitter(0.5),
                options -> options.idleTimeout(TIME),
                options -> options.listener(event -> {}));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void two_are_equal_that_have_the_same_value_for_each_option(Function<ClientOptions, ClientOptions> change) {
        ClientOptions defaults = ClientOptions.defaults();
        ClientOptions changed = change.apply(defaults);
        assertThat(changed).isNotEqualTo(defaults).isEqualTo(changed.fastFailover(false));
        assertThat(changed).hasSameHashCodeAs(changed.fastFailover(false));
        assertThat(defaults).isNotEqualTo(ServerOptions.defaults()).isNotEqualTo(null);
    }

    @Test
    void the_text_has_each_option_once() {
        String client = ClientOptions.defaults().idleTimeout(TIME).toString();
        assertThat(client).startsWith("ClientOptions[").endsWith("]");
        for (String option : List.of("servers=[", "jitter=0.0", "backoff=none", "idleTimeout=PT0.005S", "tls=none")) {
            assertThat(client).containsOnlyOnce(option);
        }
        assertThat(ServerOptions.defaults().toString())
                .startsWith("ServerOptions[")
                .containsOnlyOnce("port=9967")
                .containsOnlyOnce("maxHeaderBytes=65536");
    }
}
