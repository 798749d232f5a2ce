package org.restream.reliability.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.restream.ClientEvent;
import org.restream.ClientOptions;
import org.restream.Restream;
import org.restream.RestreamClient;
import org.restream.RestreamServer;
import org.restream.ServerOptions;
import org.restream.reliability.network.Fault.Kind;
import org.restream.testing.Events;
import org.restream.testing.Sight;
import org.restream.testing.TestCa;

/** A client that is refused and dropped before its exchange, which then arrives one byte at a time. */
class ComeBackTest {
    private static final TestCa CA = new TestCa();
    private static final SSLContext SERVER = CA.context(CA.issue("127.0.0.1"));

    private final Events<ClientEvent> events = new Events<>();
    private final Sight atClient = new Sight();
    private final Sight atServer = new Sight();
    private RestreamServer server;
    private FaultProxy proxy;

    @BeforeEach
    void listen() throws Exception {
        listen(ServerOptions.defaults());
    }

    private void listen(ServerOptions options) throws Exception {
        server = Restream.createServer(options, (req, res) -> {
                    atServer.read(req);
                    res.header(Parcel.ANSWER.header()).end(Parcel.ANSWER.body());
                })
                .listen(0);
        proxy = new FaultProxy(server.address());
    }

    @AfterEach
    void close() throws Exception {
        proxy.close();
        server.close(Duration.ZERO);
    }

    private RestreamClient client(boolean tls) {
        ClientOptions options = ClientOptions.defaults()
                .servers(proxy.address())
                .retryDelay(Duration.ofMillis(10))
                .listener(events);
        return Restream.createClient(tls ? options.tls(CA.context()) : options, (req, res) -> {
            req.header(Parcel.REQUEST.header()).end(Parcel.REQUEST.body());
            atClient.read(res);
        });
    }

    private void isWhole(RestreamClient client) throws Exception {
        client.completion().get(30, TimeUnit.SECONDS);
        assertThat(Parcel.REQUEST.isWholeIn(atServer)).isTrue();
        assertThat(Parcel.ANSWER.isWholeIn(atClient)).isTrue();
    }

    @Test
    void after_being_refused_ten_times() throws Exception {
        proxy.refuse();
        try (RestreamClient client = client(false)) {
            for (int i = 1; i <= 10; i++) {
                assertThat(events.await(ClientEvent.Failed.class).failures()).isEqualTo(i);
            }
            proxy.acceptAgain();
            isWhole(client);
        }
    }

    /** Over TLS, because over plain TCP this may look like an empty answer. */
    @Test
    void after_being_dropped_ten_times() throws Exception {
        close();
        listen(ServerOptions.defaults().tls(SERVER));
        for (int i = 1; i <= 10; i++) {
            proxy.plan(Fault.DROP);
        }
        try (RestreamClient client = client(true)) {
            isWhole(client);
        }
        assertThat(events.all(ClientEvent.Failed.class)).hasSize(10);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatever_comes_a_byte_at_a_time_is_whole(boolean tls) throws Exception {
        if (tls) {
            close();
            listen(ServerOptions.defaults().tls(SERVER));
        }
        for (Direction direction : Direction.values()) {
            proxy.plan(new Fault(direction, 0, Kind.STALL));
            try (RestreamClient client = client(tls)) {
                Pump pump = proxy.connection().pump(direction);
                for (int i = 1; i <= Parcel.REQUEST.length(); i++) {
                    pump.allow(1);
                    pump.awaitDelivered(i);
                }
                // over TLS there are more bytes
                pump.resume();
                client.completion().get(30, TimeUnit.SECONDS);
            }
        }
        assertThat(Parcel.REQUEST.header()).isEqualTo(atServer.header());
        assertThat(Parcel.ANSWER.header()).isEqualTo(atClient.header());
        assertThat(atServer.data()).hasSize(2 * Parcel.REQUEST.body().length);
        assertThat(atClient.data()).hasSize(2 * Parcel.ANSWER.body().length);
    }
}
