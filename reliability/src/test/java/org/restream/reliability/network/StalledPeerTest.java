package org.restream.reliability.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.restream.ClientEvent;
import org.restream.ClientOptions;
import org.restream.Outgoing;
import org.restream.Restream;
import org.restream.RestreamClient;
import org.restream.RestreamServer;
import org.restream.ServerEvent;
import org.restream.ServerOptions;
import org.restream.reliability.Figures;
import org.restream.reliability.network.Fault.Kind;
import org.restream.testing.Events;

/** A peer stops reading inside a body while the other goes on writing: the write waits, and idleTimeout ends it. */
class StalledPeerTest {
    private static final Duration IDLE = Duration.ofMillis(500);
    private static final int STALL_AFTER = 100_000;
    /** More than all system buffers between the two hold. */
    private static final long MUCH = 1L << 30;

    private static void writeMuch(Outgoing out) throws Exception {
        byte[] piece = new byte[65_536];
        for (long left = MUCH; left > 0; left -= piece.length) {
            out.write(piece);
        }
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }

    @Test
    void the_client_s_write_is_ended_and_it_comes_back() throws Exception {
        Events<ClientEvent> events = new Events<>();
        CompletableFuture<Double> found = new CompletableFuture<>();
        try (RestreamServer server =
                        Restream.createServer((req, res) -> req.transferTo(res)).listen(0);
                FaultProxy proxy = new FaultProxy(server.address())) {
            proxy.plan(new Fault(Direction.UP, STALL_AFTER, Kind.STALL));
            ClientOptions options = ClientOptions.defaults()
                    .servers(proxy.address())
                    .retryDelay(Duration.ZERO)
                    .idleTimeout(IDLE)
                    .listener(events);
            try (RestreamClient client = Restream.createClient(options, (req, res) -> {
                if (events.all(ClientEvent.Connecting.class).size() == 1) {
                    // the echo is not read either, so all buffers fill up
                    writeMuch(req);
                } else {
                    req.end("again");
                    assertThat(res.readText()).isEqualTo("again");
                }
            })) {
                long struck = proxy.connection().up().struck().get(30, TimeUnit.SECONDS);
                ClientEvent.Lost lost = events.await(ClientEvent.Lost.class);
                found.complete(seconds(struck));
                assertThat(lost.cause())
                        .hasMessageEndingWith("no byte moved in either direction for 500 ms (idleTimeout)");
                assertThat(lost.bytesSent()).isBetween((long) STALL_AFTER, 64L << 20);
                Figures.record(
                        "stalled-write",
                        "ended %.2f s after the peer's reads had stopped, with an `idleTimeout` of 0.5 s; %.1f MiB of 1 GiB were written"
                                .formatted(found.join(), lost.bytesSent() / 1048576.0));
                client.completion().get(30, TimeUnit.SECONDS);
            }
        }
    }

    @Test
    void the_server_s_write_is_ended_and_the_server_goes_on() throws Exception {
        Events<ServerEvent> events = new Events<>();
        ServerOptions bounded = ServerOptions.defaults().idleTimeout(IDLE).listener(events);
        try (RestreamServer server = Restream.createServer(bounded, (req, res) -> {
                            if (req.readText().equals("much")) {
                                writeMuch(res);
                            }
                        })
                        .listen(0);
                FaultProxy proxy = new FaultProxy(server.address())) {
            proxy.plan(new Fault(Direction.DOWN, STALL_AFTER, Kind.STALL));
            ClientOptions options = ClientOptions.defaults().servers(proxy.address());
            try (RestreamClient stalled = Restream.createClient(options, (req, res) -> {
                req.end("much");
                res.readAllBytes();
            })) {
                ServerEvent.Failed failed = events.await(ServerEvent.Failed.class);
                assertThat(failed.cause())
                        .hasMessageEndingWith("no byte moved in either direction for 500 ms (idleTimeout)");
                assertThat(failed.bytesSent()).isBetween((long) STALL_AFTER, 64L << 20);
            }
            try (RestreamClient honest = Restream.createClient(options, (req, res) -> req.end("little"))) {
                honest.completion().get(30, TimeUnit.SECONDS);
            }
        }
    }

    @Test
    void a_stall_shorter_than_idleTimeout_loses_nothing() throws Exception {
        byte[] body = new byte[32 << 20];
        CompletableFuture<Integer> got = new CompletableFuture<>();
        try (RestreamServer server = Restream.createServer((req, res) -> got.complete(req.readAllBytes().length))
                        .listen(0);
                FaultProxy proxy = new FaultProxy(server.address())) {
            proxy.plan(new Fault(Direction.UP, STALL_AFTER, Kind.STALL));
            ClientOptions options =
                    ClientOptions.defaults().servers(proxy.address()).idleTimeout(Duration.ofSeconds(30));
            try (RestreamClient client = Restream.createClient(options, (req, res) -> req.end(body))) {
                ProxiedConnection connection = proxy.connection();
                connection.up().struck().get(30, TimeUnit.SECONDS);
                assertThat(got).isNotDone();
                connection.up().resume();
                client.completion().get(30, TimeUnit.SECONDS);
            }
            assertThat(got.get(30, TimeUnit.SECONDS)).isEqualTo(body.length);
        }
    }
}
