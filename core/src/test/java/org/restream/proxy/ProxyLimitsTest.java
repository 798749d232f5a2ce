package org.restream.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.restream.Restream;
import org.restream.RestreamServer;
import org.restream.ServerEvent;
import org.restream.ServerOptions;
import org.restream.testing.Events;
import org.restream.testing.ProxyLine;
import org.restream.testing.Raw;

/** Behind a proxy, connections are counted for the clients, and not for the proxy. */
class ProxyLimitsTest {
    private final Events<ServerEvent> events = new Events<>();
    private RestreamServer server;

    @BeforeEach
    void listen() throws Exception {
        server = Restream.createServer(
                        ServerOptions.defaults()
                                .proxyProtocol("127.0.0.1")
                                .maxConnectionsPerAddress(1)
                                .listener(events),
                        (req, res) -> req.transferTo(res))
                .listen(0);
    }

    @AfterEach
    void close() {
        server.close(Duration.ZERO);
    }

    private Raw from(String address) throws Exception {
        return new Raw(server.address()).say(ProxyLine.tcp(address));
    }

    private String served(String address) throws Exception {
        try (Raw raw = from(address)) {
            return raw.say("{}\n\nok").end().hear();
        }
    }

    @Test
    void each_client_has_its_own_limit() throws Exception {
        try (Raw first = from("203.0.113.7")) {
            events.await(ServerEvent.Accepted.class);
            assertThat(served("203.0.113.7")).isEqualTo("reset");
            ServerEvent.Rejected rejected = events.await(ServerEvent.Rejected.class);
            assertThat(rejected.peer().getHostString()).isEqualTo("203.0.113.7");
            assertThat(rejected.cause()).hasMessage("203.0.113.7 has 1 connections already (maxConnectionsPerAddress)");
            assertThat(served("203.0.113.8")).isEqualTo("{}\n\nok");
            assertThat(first.say("{}\n\nok").end().hear()).isEqualTo("{}\n\nok");
        }
        // the client sees the end before the server has counted it
        await().untilAsserted(() -> assertThat(served("203.0.113.7")).isEqualTo("{}\n\nok"));
        assertThat(events.names()).doesNotContain("Failed");
    }

    @Test
    void the_addresses_of_one_network_of_64_bits_count_as_one() throws Exception {
        try (Raw first = from("2001:db8::1")) {
            events.await(ServerEvent.Accepted.class);
            assertThat(served("2001:db8::2:0:0:1")).isEqualTo("reset");
            assertThat(served("2001:db8:0:1::1")).isEqualTo("{}\n\nok");
            assertThat(first.end().hear()).isEqualTo("{}\n\n");
        }
    }

    @Test
    void connections_that_have_not_named_a_client_yet_count_for_nobody() throws Exception {
        try (Raw first = new Raw(server.address()).say("PROXY");
                Raw second = new Raw(server.address()).say("PROXY")) {
            assertThat(served("203.0.113.7")).isEqualTo("{}\n\nok");
            for (Raw each : new Raw[] {first, second}) {
                assertThat(each.say(" UNKNOWN\r\n{}\n\nok").end().hear()).isEqualTo("{}\n\nok");
                await().until(() -> events.all(ServerEvent.Completed.class).stream()
                        .anyMatch(event -> event.peer().getHostString().equals("127.0.0.1")));
            }
        }
    }

    @Test
    void what_a_proxy_does_for_itself_is_not_limited() throws Exception {
        try (Raw first = new Raw(server.address()).say(ProxyLine.LOCAL);
                Raw second = new Raw(server.address()).say(ProxyLine.LOCAL)) {
            assertThat(second.say("{}\n\nok").end().hear()).isEqualTo("{}\n\nok");
            assertThat(first.say("{}\n\nok").end().hear()).isEqualTo("{}\n\nok");
        }
    }

    @Test
    void what_fails_before_and_after_its_header_leaves_no_count() throws Exception {
        for (int i = 0; i < 20; i++) {
            try (Raw raw = new Raw(server.address())) {
                assertThat(raw.say("PROXY TCP4 bad\r\n").hear()).isEqualTo("reset");
            }
            events.await(ServerEvent.Rejected.class);
            // until the one before has been counted out
            await().untilAsserted(() -> {
                try (Raw raw = from("203.0.113.7")) {
                    assertThat(raw.say("no header").hear()).isEqualTo("reset");
                }
                assertThat(events.await(ServerEvent.Rejected.class).cause()).hasMessageContaining("JSON");
            });
        }
        await().untilAsserted(() -> assertThat(served("203.0.113.7")).isEqualTo("{}\n\nok"));
    }
}
