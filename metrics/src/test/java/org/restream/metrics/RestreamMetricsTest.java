package org.restream.metrics;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.restream.ClientEvent;
import org.restream.ClientOptions;
import org.restream.FailureKind;
import org.restream.Refusal;
import org.restream.Restream;
import org.restream.RestreamClient;
import org.restream.RestreamServer;
import org.restream.RestreamSession;
import org.restream.ServerAddress;
import org.restream.ServerEvent;
import org.restream.ServerOptions;
import org.restream.SessionLimits;
import org.restream.testing.Logs;

/** Counts what real servers, clients and sessions do. */
class RestreamMetricsTest {
    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final Queue<ServerEvent> forwarded = new ConcurrentLinkedQueue<>();
    private final CountDownLatch end = new CountDownLatch(1);
    private final RestreamServer server = Restream.createServer(
            ServerOptions.defaults()
                    .closeGrace(Duration.ZERO)
                    .allowEmptyRequest(false)
                    .sessions(SessionLimits.defaults())
                    .listener(RestreamMetrics.server(registry).forwardTo(forwarded::add)),
            (req, res) -> {
                switch (String.valueOf(req.header().get("do"))) {
                    case "refuse" -> throw new Refusal("no: 192.0.2.7");
                    case "throw" -> throw new IllegalStateException("a bug of the test");
                    case "wait" -> end.await();
                    default -> res.end(req.readText());
                }
            });

    @AfterEach
    void close() {
        end.countDown();
        server.close();
        allNowIsNothing();
    }

    /** Whatever has happened. */
    private void allNowIsNothing() {
        for (String name : new String[] {"connections.active", "exchanges.active", "sessions.open", "sessions.away"}) {
            assertThat(gauge("restream.server." + name)).as(name).isZero();
        }
    }

    private double gauge(String name) {
        return registry.get(name).gauges().stream()
                .filter(each -> each.getId().getTags().isEmpty())
                .findFirst()
                .orElseThrow()
                .value();
    }

    private double count(String name, String... tags) {
        return registry.get(name).tags(tags).counter().count();
    }

    private Timer timer(String name, String... tags) {
        return registry.get(name).tags(tags).timer();
    }

    private ClientOptions where() throws IOException {
        server.listen(0);
        return ClientOptions.defaults().servers("127.0.0.1:" + server.address().getPort());
    }

    private void say(String text) throws IOException {
        try (Socket socket = connected()) {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
            socket.shutdownOutput();
            socket.getInputStream().readAllBytes();
        } catch (IOException e) {
            assertThat(e).as("how the server ends it").hasMessageContaining("reset");
        }
    }

    private Socket connected() throws IOException {
        return new Socket("127.0.0.1", server.address().getPort());
    }

    private void exchange(ClientOptions options, String text) throws Exception {
        Restream.createClient(options, (req, res) -> {
                    req.end(text);
                    assertThat(res.readText()).isEqualTo(text);
                })
                .completion()
                .get(30, SECONDS);
    }

    @Test
    void a_server_counts_what_comes_and_what_becomes_of_it() throws Exception {
        ClientOptions options = where();
        exchange(options, "twelve bytes");
        say("");
        say("no header\n\n");
        say("{\"do\":\"refuse\"}\n\n");
        say("{\"do\":\"throw\"}\n\n");
        try (Socket cut = connected()) {
            cut.getOutputStream().write("{\"do\":\"echo\"}\n\nhalf".getBytes(StandardCharsets.UTF_8));
            Awaitility.await().until(() -> count("restream.server.exchanges") == 6);
            assertThat(gauge("restream.server.exchanges.active")).isGreaterThanOrEqualTo(1);
            cut.setSoLinger(true, 0);
        }
        server.close(Duration.ofSeconds(10));

        assertThat(count("restream.server.connections")).isEqualTo(6);
        assertThat(count("restream.server.connections.rejected", "reason", "empty"))
                .isEqualTo(1);
        assertThat(count("restream.server.connections.rejected", "reason", "header"))
                .isEqualTo(1);
        assertThat(count("restream.server.requests.refused")).isEqualTo(1);
        assertThat(count("restream.server.handler.failures")).isEqualTo(1);
        assertThat(count("restream.server.losses", "cause", "connection")).isEqualTo(1);
        assertThat(count("restream.server.sent")).isEqualTo(12);
        assertThat(count("restream.server.received")).isBetween(12.0, 16.0);
        for (String outcome : new String[] {"completed", "refused", "failed", "lost"}) {
            assertThat(timer("restream.server.exchange.duration", "outcome", outcome)
                            .count())
                    .as(outcome)
                    .isEqualTo(1);
        }
        assertThat(forwarded).hasAtLeastOneElementOfType(ServerEvent.Closed.class);
    }

    @Test
    void a_handler_that_does_not_return_is_no_exchange_any_more() throws Exception {
        RestreamClient client = Restream.createClient(where().maxFailures(1), (req, res) -> {
            req.header("do", "wait").end();
            res.readText();
        });
        Awaitility.await().until(() -> gauge("restream.server.exchanges.active") == 1);
        server.close();
        assertThat(timer("restream.server.exchange.duration", "outcome", "closed")
                        .count())
                .isEqualTo(1);
        client.close();
    }

    @Test
    void sessions_are_counted_on_both_sides() throws Exception {
        ClientOptions options = where().listener(RestreamMetrics.session(registry));
        try (RestreamSession session = Restream.createSession(options)) {
            String answer = session.exchange((req, res) -> {
                req.end("four");
                return res.readText();
            });
            assertThat(answer).isEqualTo("four");
            assertThat(gauge("restream.server.sessions.open")).isEqualTo(1);
            assertThat(gauge("restream.session.sessions.open")).isEqualTo(1);
        }
        assertThat(count("restream.session.exchanges")).isEqualTo(1);
        assertThat(count("restream.session.sent")).isEqualTo(4);
        assertThat(gauge("restream.session.sessions.open")).isZero();
        assertThat(gauge("restream.session.exchanges.active")).isZero();
        server.close(Duration.ofSeconds(10));
        assertThat(count("restream.server.sessions.ended")).isEqualTo(1);
    }

    @Test
    void a_client_counts_its_attempts_waits_and_exchanges() throws Exception {
        ClientOptions options = where().listener(RestreamMetrics.client(registry));
        exchange(options, "four");
        server.close();
        RestreamClient hopeless =
                Restream.createClient(options.maxFailures(3).retryDelay(Duration.ofMillis(1)), (req, res) -> req.end());
        assertThatThrownBy(() -> hopeless.completion().get(30, SECONDS)).hasMessageContaining("gave up");

        assertThat(count("restream.client.connect.attempts")).isEqualTo(4);
        assertThat(count("restream.client.connections")).isEqualTo(1);
        assertThat(count("restream.client.connect.failures", "cause", "connection"))
                .isEqualTo(3);
        assertThat(timer("restream.client.reconnect.wait").count()).isEqualTo(2);
        assertThat(count("restream.client.given.up")).isEqualTo(1);
        assertThat(count("restream.client.exchanges")).isEqualTo(1);
        assertThat(gauge("restream.client.exchanges.active")).isZero();
    }

    @Test
    void a_client_that_is_closed_has_no_exchange_any_more() throws Exception {
        RestreamClient client =
                Restream.createClient(where().listener(RestreamMetrics.client(registry)), (req, res) -> res.readText());
        Awaitility.await().until(() -> gauge("restream.client.exchanges.active") == 1);
        client.close();
        assertThat(gauge("restream.client.exchanges.active")).isZero();
        assertThat(timer("restream.client.exchange.duration", "outcome", "closed")
                        .count())
                .isEqualTo(1);
    }

    @Test
    void listeners_of_one_registry_add_up() throws Exception {
        MeteredListener<ServerEvent> one = RestreamMetrics.server(registry).forwardTo(event -> {});
        MeteredListener<ServerEvent> two = RestreamMetrics.server(registry).forwardTo(event -> {});
        MeteredListener<ServerEvent> apart =
                RestreamMetrics.server(registry, Tags.of("for", "test")).forwardTo(event -> {});
        InetSocketAddress peer = new InetSocketAddress(1);
        one.accept(new ServerEvent.Accepted(peer));
        two.accept(new ServerEvent.Accepted(peer));
        assertThat(gauge("restream.server.connections.active")).isEqualTo(2);
        apart.accept(new ServerEvent.Accepted(peer));
        apart.accept(new ServerEvent.Disconnected(peer));
        one.accept(new ServerEvent.Disconnected(peer));
        two.accept(new ServerEvent.Disconnected(peer));
        assertThat(count("restream.server.connections", "for", "test")).isEqualTo(1);
    }

    @Test
    void a_session_that_comes_back_or_ends_is_not_away() throws Exception {
        MeteredListener<ServerEvent> listener = RestreamMetrics.server(registry).forwardTo(event -> {});
        InetSocketAddress peer = new InetSocketAddress(1);
        IOException why = new IOException("reset");
        for (String session : new String[] {"a", "b"}) {
            listener.accept(new ServerEvent.SessionOpened(peer, session));
            listener.accept(new ServerEvent.Away(peer, session, why));
        }
        assertThat(gauge("restream.server.sessions.away")).isEqualTo(2);
        listener.accept(new ServerEvent.Resumed(peer, "a", 2, Duration.ofSeconds(3)));
        assertThat(gauge("restream.server.sessions.away")).isEqualTo(1);
        listener.accept(new ServerEvent.SessionEnded(peer, "b", why));
        assertThat(gauge("restream.server.sessions.away")).isZero();
        listener.accept(new ServerEvent.Fenced(peer, "a"));
        listener.accept(new ServerEvent.Resumed(peer, "a", 3, Duration.ZERO));
        listener.accept(new ServerEvent.SessionEnded(peer, "a", why));
        assertThat(timer("restream.server.sessions.away.duration").totalTime(SECONDS))
                .isEqualTo(3);
        assertThat(count("restream.server.sessions.fenced")).isEqualTo(1);
    }

    @Test
    void connections_of_proxies_and_vain_attempts_to_come_back_are_counted() throws Exception {
        MeteredListener<ServerEvent> behind = RestreamMetrics.server(registry).forwardTo(event -> {});
        behind.accept(new ServerEvent.Proxied(new InetSocketAddress(1), new InetSocketAddress(2)));
        assertThat(count("restream.server.connections.proxied")).isEqualTo(1);

        MeteredListener<ClientEvent> client = RestreamMetrics.client(registry).forwardTo(event -> {});
        ServerAddress server = new ServerAddress("a.example", 1);
        client.accept(new ClientEvent.ResumeFailed(server, "a", 2, new IOException("reset")));
        assertThat(count("restream.client.sessions.resume.failures")).isEqualTo(1);
    }

    /** As where there is no listener at all. */
    @Test
    void without_a_listener_behind_it_a_failure_of_a_handler_is_logged() throws Exception {
        IllegalStateException bug = new IllegalStateException("a bug of the test");
        MeteredListener<ServerEvent> listener = RestreamMetrics.server(registry);
        InetSocketAddress peer = new InetSocketAddress(1);
        try (Logs logs = Logs.catchAll()) {
            listener.accept(new ServerEvent.Began(peer, 1));
            listener.accept(new ServerEvent.Failed(peer, 1, 0, 0, Duration.ZERO, FailureKind.HANDLER, bug));
            assertThat(logs.thrown()).contains(bug);
        }
    }

    @Test
    void the_listener_behind_it_gets_what_can_not_be_counted() {
        MeteredListener<ServerEvent> broken = new MeteredListener<ServerEvent>(event -> {
                    throw new IllegalStateException("a bug of the test");
                })
                .forwardTo(forwarded::add);
        assertThatThrownBy(() -> broken.accept(new ServerEvent.Closed())).hasMessage("a bug of the test");
        assertThat(forwarded).containsExactly(new ServerEvent.Closed());
    }

    /** A scraper keeps a series for each value of a tag. */
    @Test
    void tags_have_values_of_a_small_fixed_set() throws Exception {
        exchange(where(), "four");
        say("{\"do\":\"refuse\"}\n\n");
        server.close(Duration.ofSeconds(10));
        assertThat(registry.getMeters())
                .flatExtracting(Meter::getId)
                .extracting(Meter.Id.class::cast)
                .flatExtracting(Meter.Id::getTags)
                // of a bucket
                .filteredOn(tag -> !tag.getKey().equals("le"))
                .extracting(Tag::getValue)
                .allSatisfy(value -> assertThat(value).matches("[a-z_]+"));
    }
}
