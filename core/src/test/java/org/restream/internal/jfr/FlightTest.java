package org.restream.internal.jfr;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import jdk.jfr.consumer.RecordedEvent;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.restream.ClientOptions;
import org.restream.ExchangeOptions;
import org.restream.Incoming;
import org.restream.NeverStartedException;
import org.restream.Outgoing;
import org.restream.Refusal;
import org.restream.Restream;
import org.restream.RestreamClient;
import org.restream.RestreamServer;
import org.restream.RestreamSession;
import org.restream.ServerOptions;
import org.restream.SessionLimits;
import org.restream.testing.CuttingRelay;
import org.restream.testing.ReservedPort;

/** What a recording has of servers, clients and sessions, which have no listeners. */
@Timeout(60)
class FlightTest {
    private final Recorded recorded = new Recorded();

    @AfterEach
    void stop() {
        recorded.close();
    }

    private static RestreamServer serve(RestreamServer.Handler handler) throws Exception {
        ServerOptions options =
                ServerOptions.defaults().port(0).closeGrace(Duration.ZERO).sessions(SessionLimits.defaults());
        return Restream.createServer(options, handler).listen();
    }

    private static void echo(Incoming req, Outgoing res) throws Exception {
        res.end(req.readText());
    }

    private static String address(RestreamServer server) {
        return "127.0.0.1:" + server.address().getPort();
    }

    private static ClientOptions to(String server) {
        return ClientOptions.defaults()
                .servers(server)
                .retryDelay(Duration.ofMillis(20))
                .maxFailures(2);
    }

    private static void send(ClientOptions options, String text) throws Exception {
        try (RestreamClient client = Restream.createClient(options, (req, res) -> {
            req.end(text);
            res.readText();
        })) {
            client.completion().get(30, SECONDS);
        }
    }

    private static String outcome(RecordedEvent exchange) {
        return exchange.getString("side") + " " + exchange.getString("outcome") + " " + exchange.getString("kind")
                + " sent " + exchange.getLong("bytesSent") + " received " + exchange.getLong("bytesReceived");
    }

    private RecordedEvent exchange(String side) {
        return recorded.await("Exchange", event -> event.getString("side").equals(side));
    }

    @Test
    void an_exchange_is_recorded_on_both_sides_and_each_connection() throws Exception {
        try (RestreamServer server = serve((req, res) -> res.end(req.readText() + "!"))) {
            send(to(address(server)), "four");
            RecordedEvent connect = recorded.await("Connect");
            assertThat(connect.getString("server")).isEqualTo(address(server));
            assertThat(connect.getBoolean("connected")).isTrue();
            assertThat(connect.getLong("attempt")).isEqualTo(1);
            assertThat(connect.getString("kind")).isNull();

            RecordedEvent client = exchange("client");
            assertThat(outcome(client)).isEqualTo("client completed null sent 4 received 5");
            assertThat(client.getString("peer")).isEqualTo(address(server));
            RecordedEvent served = exchange("server");
            assertThat(outcome(served)).isEqualTo("server completed null sent 5 received 4");
            assertThat(served.getLong("number")).isEqualTo(1);

            RecordedEvent connection = recorded.await("Connection");
            assertThat(connection.getString("peer")).isEqualTo(served.getString("peer"));
            assertThat(connection.getBoolean("secure")).isFalse();
            assertThat(connection.getStartTime()).isBeforeOrEqualTo(served.getStartTime());
            assertThat(connection.getEndTime()).isAfterOrEqualTo(served.getEndTime());
        }
    }

    @Test
    void failures_to_connect_and_the_waits_between_them_are_recorded() throws Exception {
        String address;
        try (ReservedPort nobody = new ReservedPort()) {
            address = nobody.address();
            assertThatThrownBy(() -> send(to(nobody.address()), "four")).hasMessageContaining("gave up");
        }
        RecordedEvent second = recorded.await("Connect", event -> event.getLong("attempt") == 2);
        assertThat(second.getBoolean("connected")).isFalse();
        assertThat(second.getInt("failures")).isEqualTo(2);
        assertThat(second.getString("kind")).isEqualTo("connection");
        assertThat(second.getString("message")).contains("Connection refused");

        RecordedEvent wait = recorded.await("Wait");
        assertThat(wait.getString("server")).isEqualTo(address);
        assertThat(wait.getLong("attempt")).isEqualTo(2);
        assertThat(wait.getInt("failures")).isEqualTo(1);
        assertThat(wait.getDuration("delay")).isEqualTo(Duration.ofMillis(20));
        assertThat(wait.getDuration()).isGreaterThanOrEqualTo(Duration.ofMillis(19));
        assertThat(wait.getEndTime()).isBeforeOrEqualTo(second.getStartTime());
    }

    @Test
    void a_loss_is_recorded_with_its_exchange() throws Exception {
        try (RestreamServer server = serve((req, res) -> {
            res.write("a part");
            res.flush();
            res.abort();
        })) {
            assertThatThrownBy(() -> send(to(address(server)).maxFailures(1), "four"))
                    .hasMessageContaining("gave up");
            assertThat(outcome(exchange("client"))).startsWith("client lost connection sent 4");
            assertThat(outcome(exchange("server"))).startsWith("server aborted aborted");
            RecordedEvent loss = recorded.await("Loss");
            assertThat(loss.getString("side")).isEqualTo("client");
            assertThat(loss.getString("peer")).isEqualTo(address(server));
            assertThat(loss.getString("kind")).isEqualTo("connection");
            assertThat(loss.getString("session")).isNull();
        }
    }

    @Test
    void a_refusal_is_recorded_on_both_sides_also_in_a_session() throws Exception {
        try (RestreamServer server = serve((req, res) -> {
                    throw new Refusal("disk\nfull");
                });
                RestreamSession session = Restream.createSession(to(address(server)))) {
            assertThatThrownBy(() -> send(to(address(server)), "four")).hasMessageContaining("disk");
            assertThatThrownBy(() -> session.exchange((req, res) -> {
                        req.end("four");
                        return res.readText();
                    }))
                    .hasMessageContaining("disk");
            for (String side : new String[] {"client", "server"}) {
                for (int number = 1; number <= 2; number++) {
                    RecordedEvent refusal = recorded.await(
                            "Refusal", event -> event.getString("side").equals(side));
                    assertThat(refusal.getString("message")).contains("full").doesNotContain("\n");
                }
            }
            recorded.await("Exchange", event -> outcome(event).startsWith("client refused refused sent 4"));
            Awaitility.await()
                    .atMost(30, SECONDS)
                    .until(() -> recorded.all("Refusal").size() == 4);
        }
    }

    @Test
    void a_connection_without_a_request_is_recorded() throws Exception {
        try (RestreamServer server = serve(FlightTest::echo);
                Socket socket = new Socket("127.0.0.1", server.address().getPort())) {
            socket.getOutputStream().write("GET / HTTP/1.1\n\n".getBytes(StandardCharsets.UTF_8));
            RecordedEvent rejection = recorded.await("Rejection");
            assertThat(rejection.getString("peer")).endsWith(":" + socket.getLocalPort());
            assertThat(rejection.getString("kind")).isEqualTo("header");
            assertThat(rejection.getString("message")).contains("0x47");
        }
    }

    @Test
    void a_session_that_comes_back_is_recorded() throws Exception {
        try (RestreamServer server = serve(FlightTest::echo);
                CuttingRelay relay = new CuttingRelay(
                        server.address(),
                        connection ->
                                connection == 1 ? new CuttingRelay.Cut(true, 2_000, CuttingRelay.How.RST) : null);
                RestreamSession session = Restream.createSession(to(relay.address()))) {
            String text = "x".repeat(10_000);
            assertThat(session.<String>exchange((req, res) -> {
                        req.end(text);
                        return res.readText();
                    }))
                    .isEqualTo(text);
            RecordedEvent back =
                    recorded.await("Resume", event -> event.getString("side").equals("client"));
            assertThat(back.getBoolean("resumed")).isTrue();
            assertThat(back.getInt("attempts")).isPositive();
            assertThat(back.getString("session")).isNotEmpty();
            RecordedEvent loss =
                    recorded.await("Loss", event -> event.getString("side").equals("client"));
            assertThat(loss.getString("session")).isEqualTo(back.getString("session"));
            assertThat(outcome(exchange("client"))).isEqualTo("client completed null sent 10000 received 10000");
            assertThat(outcome(exchange("server"))).isEqualTo("server completed null sent 10000 received 10000");
        }
    }

    @Test
    void an_exchange_of_a_session_that_never_was_connected_has_no_peer() throws Exception {
        ExchangeOptions brief = ExchangeOptions.defaults().timeout(Duration.ofMillis(50));
        try (ReservedPort nobody = new ReservedPort();
                RestreamSession session =
                        Restream.createSession(to(nobody.address()).maxFailures(0))) {
            assertThatThrownBy(() -> session.exchange(brief, (req, res) -> {
                        req.end("four");
                        return res.readText();
                    }))
                    .isInstanceOf(NeverStartedException.class);
            RecordedEvent exchange = exchange("client");
            assertThat(outcome(exchange)).startsWith("client lost ");
            assertThat(exchange.getString("peer")).isNull();
        }
    }

    @Test
    void what_is_disabled_or_below_its_threshold_is_not_recorded() throws Exception {
        recorded.without("Exchange");
        try (RestreamServer server = serve(FlightTest::echo)) {
            send(to(address(server)), "four");
            recorded.await("Connection");
            assertThat(recorded.all("Exchange")).isEmpty();
        }
    }
}
