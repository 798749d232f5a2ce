package org.restream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.restream.testing.Leftovers;
import org.restream.testing.ReservedPort;

/** Each numeric option and duration at its minimum and maximum: clients and servers start, exchange, and close. */
class OptionExtremesTest {
    private static final Leftovers LEFTOVERS = new Leftovers();

    /** Values from far below to far above what any option allows. */
    private static final Map<Class<?>, List<?>> VALUES = Map.of(
            int.class,
            List.of(Integer.MIN_VALUE, -1, 0, 1, 2, 65_535, Integer.MAX_VALUE),
            double.class,
            List.of(Double.NaN, -1.0, -Double.MIN_VALUE, -0.0, 0.0, Double.MIN_VALUE, 1.0, Math.nextUp(1.0)),
            boolean.class,
            List.of(false, true),
            Duration.class,
            List.of(
                    Duration.ofSeconds(Long.MIN_VALUE),
                    Duration.ofNanos(-1),
                    Duration.ZERO,
                    Duration.ofNanos(1),
                    Duration.ofNanos(Long.MAX_VALUE),
                    Duration.ofNanos(Long.MAX_VALUE).plusNanos(1),
                    Duration.ofSeconds(Long.MAX_VALUE)));

    /** Usually too short for any exchange. */
    private static final Duration TOO_SHORT = Duration.ofNanos(1);

    @AfterAll
    static void leave_nothing() {
        LEFTOVERS.areGone();
    }

    private static List<Method> settersOf(Class<?> options) {
        return Stream.of(options.getMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()))
                .filter(method -> method.getReturnType().isAssignableFrom(options))
                .filter(method -> method.getParameterCount() == 1 && VALUES.containsKey(method.getParameterTypes()[0]))
                .toList();
    }

    /** Options with each value that the setter accepts; if it rejects one, the error must name the option. */
    private static Stream<Arguments> extremes(Object defaults) {
        List<Arguments> extremes = new ArrayList<>();
        for (Method setter : settersOf(defaults.getClass())) {
            for (Object value : VALUES.get(setter.getParameterTypes()[0])) {
                try {
                    extremes.add(Arguments.of(setter.getName(), value, setter.invoke(defaults, value)));
                } catch (InvocationTargetException e) {
                    assertThat(e.getCause())
                            .isInstanceOf(IllegalArgumentException.class)
                            .hasMessageContaining(setter.getName() + " must");
                } catch (IllegalAccessException e) {
                    throw new AssertionError(e);
                }
            }
        }
        return extremes.stream();
    }

    static Stream<Arguments> ofClients() {
        return extremes(ClientOptions.defaults());
    }

    static Stream<Arguments> ofServers() {
        return extremes(ServerOptions.defaults());
    }

    @Test
    void they_are_all_found() {
        assertThat(settersOf(ClientOptions.class))
                .extracting(Method::getName)
                .contains(
                        "timeout",
                        "maxTime",
                        "connectTimeout",
                        "idleTimeout",
                        "maxFailures",
                        "maxHeaderBytes",
                        "jitter");
        assertThat(settersOf(ServerOptions.class))
                .extracting(Method::getName)
                .contains("maxConnections", "maxConnectionsPerAddress", "headerTimeout", "idleTimeout", "closeGrace");
        assertThat(ofClients().count() + ofServers().count()).isGreaterThan(60);
    }

    private static void exchange(ClientOptions options, RestreamServer server, boolean possible) {
        ClientOptions to = options.servers("127.0.0.1:" + server.address().getPort());
        try (RestreamClient client =
                Restream.createClient(possible ? to : to.maxFailures(1).listener(event -> {}), (req, res) -> {
                    req.end("hello");
                    assertThat(res.readText()).isEqualTo("hello");
                })) {
            Throwable thrown = catchThrowable(() -> client.completion().get(30, TimeUnit.SECONDS));
            assertThat(thrown instanceof TimeoutException).isFalse();
            if (possible) {
                assertThat(thrown).isNull();
            }
        }
    }

    @ParameterizedTest(name = "{0}({1})")
    @MethodSource("ofClients")
    void of_a_client_that_finds_its_server(String name, Object value, ClientOptions options) throws Exception {
        try (RestreamServer server = Restream.createServer(
                        ServerOptions.defaults().listener(event -> {}), (req, res) -> req.transferTo(res))
                .listen(0)) {
            exchange(options, server, !value.equals(TOO_SHORT) || name.equals("timeout") || name.equals("retryDelay"));
            server.close(Duration.ZERO);
        }
    }

    @ParameterizedTest(name = "{0}({1})")
    @MethodSource("ofClients")
    void of_a_client_that_does_not(String name, Object value, ClientOptions options) throws Exception {
        CompletableFuture<Void> failed = new CompletableFuture<>();
        try (ReservedPort nobody = new ReservedPort()) {
            ClientOptions to = options.servers(nobody.address()).listener(event -> {
                if (event instanceof ClientEvent.Failed || event instanceof ClientEvent.GaveUp) {
                    failed.complete(null);
                }
            });
            try (RestreamClient client = Restream.createClient(to)) {
                failed.get(30, TimeUnit.SECONDS);
                client.close();
                assertThat(client.completion()).isDone();
            }
        }
    }

    @ParameterizedTest(name = "{0}({1})")
    @MethodSource("ofServers")
    void of_a_server(String name, Object value, ServerOptions options) throws Exception {
        boolean possible = !value.equals(TOO_SHORT) || name.equals("closeGrace");
        try (RestreamServer server = Restream.createServer(
                        options.listener(event -> {}), (req, res) -> req.transferTo(res))
                .listen(0)) {
            // a server with room for one connection may not have seen the end of the first yet
            ClientOptions client = ClientOptions.defaults().retryDelay(Duration.ofMillis(1));
            exchange(client, server, possible);
            exchange(client, server, possible);
        }
    }
}
