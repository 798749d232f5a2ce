package org.restream.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.restream.testing.ProxyLine.ascii;
import static org.restream.testing.ProxyLine.join;

import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.restream.Restream;
import org.restream.RestreamServer;
import org.restream.ServerEvent;
import org.restream.ServerOptions;
import org.restream.SessionLimits;
import org.restream.testing.Events;
import org.restream.testing.ProxyLine;
import org.restream.testing.Raw;

/** A server behind a proxy: who the peer is, and what becomes of connections that are not as they have to be. */
class ProxyProtocolTest {
    private static final byte[] REQUEST = ascii("{\"a\":1}\n\nbody");

    private final Events<ServerEvent> events = new Events<>();
    private RestreamServer server;

    private static ServerOptions behindProxy() {
        return ServerOptions.defaults().proxyProtocol("127.0.0.1");
    }

    private void listen(ServerOptions options) throws Exception {
        listen(options, (req, res) -> {
            String body = req.readText();
            res.header("peer", req.peer().toString()).end(body);
        });
    }

    private void listen(ServerOptions options, RestreamServer.Handler handler) throws Exception {
        server = Restream.createServer(options.listener(events), handler).listen(0);
    }

    @AfterEach
    void close() {
        server.close(Duration.ZERO);
    }

    private Raw connect() throws Exception {
        return new Raw(server.address());
    }

    private String served(byte[]... says) throws Exception {
        try (Raw raw = connect()) {
            return raw.say(join(says)).end().hear();
        }
    }

    private static String answer(String peer) {
        return "{\"peer\":\"/" + peer + "\"}\n\nbody";
    }

    static Stream<byte[]> headers() {
        return Stream.of(ProxyLine.TCP4, ProxyLine.tcp("203.0.113.7"));
    }

    @ParameterizedTest
    @MethodSource("headers")
    void the_address_of_the_header_is_the_peer_of_handler_and_events(byte[] header) throws Exception {
        listen(behindProxy());
        assertThat(served(header, REQUEST)).isEqualTo(answer("203.0.113.7:50072"));
        InetSocketAddress client = new InetSocketAddress("203.0.113.7", 50072);
        ServerEvent.Proxied proxied = events.await(ServerEvent.Proxied.class);
        assertThat(proxied.peer()).isEqualTo(client);
        assertThat(proxied.proxy().getAddress().getHostAddress()).isEqualTo("127.0.0.1");
        assertThat(events.await(ServerEvent.Accepted.class).peer()).isEqualTo(client);
        assertThat(events.await(ServerEvent.Completed.class).peer()).isEqualTo(client);
        assertThat(events.names()).startsWith("Listening", "Proxied", "Accepted", "Completed");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void it_may_come_in_two_parts_cut_anywhere_and_what_follows_is_not_touched(boolean sessions) throws Exception {
        listen(sessions ? behindProxy().sessions(SessionLimits.defaults()) : behindProxy());
        byte[] all = join(ProxyLine.TCP4, REQUEST);
        for (int cut = 0; cut <= all.length; cut++) {
            try (Socket socket = ProxyLine.from("127.0.0.1", server.address())) {
                socket.setTcpNoDelay(true);
                socket.getOutputStream().write(all, 0, cut);
                socket.getOutputStream().write(all, cut, all.length - cut);
                socket.shutdownOutput();
                assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8))
                        .as("cut at %d", cut)
                        .isEqualTo(answer("203.0.113.7:50072"));
            }
        }
    }

    @Test
    void it_may_come_byte_by_byte() throws Exception {
        listen(behindProxy());
        byte[] all = join(ProxyLine.tcp("2001:db8::7"), REQUEST);
        try (Socket socket = ProxyLine.from("127.0.0.1", server.address())) {
            socket.setTcpNoDelay(true);
            for (byte next : all) {
                socket.getOutputStream().write(next);
            }
            socket.shutdownOutput();
            assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8))
                    .isEqualTo("{\"peer\":\"/[2001:db8:0:0:0:0:0:7]:50072\"}\n\nbody");
        }
    }

    @Test
    void a_long_header_and_a_long_body_are_told_apart() throws Exception {
        listen(behindProxy());
        byte[] header = java.nio.ByteBuffer.allocate(4096)
                .put(ProxyLine.TCP4)
                .put((byte) 4)
                .putShort((short) (4096 - ProxyLine.TCP4.length - 3))
                .putShort(14, (short) (4096 - 16))
                .array();
        String body = "0123456789".repeat(100_000);
        assertThat(served(header, ascii("{}\n\n" + body))).isEqualTo("{\"peer\":\"/203.0.113.7:50072\"}\n\n" + body);
    }

    @Test
    void a_header_that_names_nobody_leaves_the_proxy_as_the_peer() throws Exception {
        listen(behindProxy());
        for (byte[] header : List.of(ProxyLine.LOCAL, ProxyLine.unknown())) {
            assertThat(served(header, REQUEST)).startsWith("{\"peer\":\"/127.0.0.1:");
        }
        assertThat(events.all(ServerEvent.Proxied.class)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void without_a_byte_more_it_is_no_request_if_the_proxy_names_nobody(boolean allowEmpty) throws Exception {
        listen(behindProxy().allowEmptyRequest(allowEmpty));
        for (byte[] header : List.of(ProxyLine.LOCAL, ProxyLine.unknown(), new byte[0])) {
            served(header);
            assertThat(events.await(ServerEvent.NoRequest.class).peer().getHostString())
                    .isEqualTo("127.0.0.1");
        }
        assertThat(events.all())
                .noneMatch(event -> event instanceof ServerEvent.Rejected
                        || event instanceof ServerEvent.Failed
                        || event instanceof ServerEvent.Completed);
    }

    @Test
    void a_reset_by_a_proxy_that_checks_is_no_request_either() throws Exception {
        listen(behindProxy());
        for (byte[] header : List.of(ProxyLine.LOCAL, new byte[0])) {
            try (Socket socket = ProxyLine.from("127.0.0.1", server.address())) {
                socket.getOutputStream().write(header);
                socket.setSoLinger(true, 0);
            }
            events.await(ServerEvent.NoRequest.class);
        }
    }

    @Test
    void a_client_that_is_named_may_be_empty_as_one_that_connects_itself() throws Exception {
        listen(behindProxy());
        assertThat(served(ProxyLine.TCP4)).isEqualTo("{\"peer\":\"/203.0.113.7:50072\"}\n\n");
        server.close();
        listen(behindProxy().allowEmptyRequest(false));
        served(ProxyLine.TCP4);
        assertThat(events.await(ServerEvent.NoRequest.class).peer().getHostString())
                .isEqualTo("203.0.113.7");
    }

    private void rejected(String because, byte[]... says) throws Exception {
        assertThat(served(says)).isEqualTo("reset");
        ServerEvent.Rejected rejected = events.await(ServerEvent.Rejected.class);
        assertThat(rejected.cause()).hasMessageContaining(because);
        assertThat(rejected.peer().getHostString()).isEqualTo("127.0.0.1");
    }

    @Test
    void from_a_proxy_everything_else_is_rejected_at_once() throws Exception {
        listen(behindProxy().headerTimeout(Duration.ZERO));
        rejected("does not begin with a PROXY header: byte 0x7b '{' at offset 0", REQUEST);
        rejected("does not begin with a PROXY header: byte 0x16", new byte[] {0x16, 3, 1});
        rejected("does not begin with a PROXY header: byte 0x72 'r'", ascii("restream/1 new\n"));
        rejected("the PROXY header is not valid", ascii("PROXY TCP4 1.2.3.4\r\n"), REQUEST);
        rejected("ended inside the PROXY header, after 3 bytes", ascii("PRO"));
        rejected("the header is not a JSON object", ProxyLine.LOCAL, ProxyLine.LOCAL, REQUEST);
        assertThat(events.all(ServerEvent.Accepted.class)).hasSize(1);
        assertThat(served(ProxyLine.TCP4, REQUEST)).isEqualTo(answer("203.0.113.7:50072"));
    }

    @Test
    void a_stranger_is_refused_whatever_it_says() throws Exception {
        listen(behindProxy().proxyProtocol("127.0.0.1", "10.0.0.0/8"));
        for (byte[] says : List.of(join(ProxyLine.TCP4, REQUEST), REQUEST, new byte[0])) {
            try (Socket socket = ProxyLine.from("127.0.0.2", server.address())) {
                assertThat(Reset.follows(socket, says)).isTrue();
            }
            ServerEvent.Rejected rejected = events.await(ServerEvent.Rejected.class);
            assertThat(rejected.cause())
                    .hasMessage("127.0.0.2 is none of the proxies that may connect: 127.0.0.1, 10.0.0.0/8"
                            + " (proxyProtocol)");
            assertThat(rejected.peer().getHostString()).isEqualTo("127.0.0.2");
        }
        assertThat(events.all(ServerEvent.Accepted.class)).isEmpty();
    }

    @Test
    void without_the_option_a_header_is_rejected() throws Exception {
        listen(ServerOptions.defaults());
        rejected("it begins with byte 0x50 'P'", ProxyLine.tcp("203.0.113.7"), REQUEST);
        rejected("the header is not a JSON object", ProxyLine.TCP4, REQUEST);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "PROXY TCP4"})
    void a_header_that_comes_too_late_is_rejected_and_says_so(String said) throws Exception {
        listen(behindProxy().headerTimeout(Duration.ofMillis(100)));
        try (Raw raw = connect()) {
            assertThat(raw.say(said).hear()).isEqualTo("reset");
        }
        assertThat(events.await(ServerEvent.Rejected.class).cause())
                .hasMessage(
                        "no whole PROXY header within 100 ms (headerTimeout), only " + said.length() + " bytes of one");
    }

    @Test
    void the_time_for_it_counts_against_headerTimeout() throws Exception {
        listen(behindProxy().headerTimeout(Duration.ofMillis(100)));
        try (Raw raw = connect()) {
            assertThat(raw.say(ProxyLine.TCP4).say("{").hear()).isEqualTo("reset");
        }
        assertThat(events.await(ServerEvent.Rejected.class).cause())
                .hasMessageContaining("no whole header within 100 ms");
    }

    @Test
    void idleTimeout_ends_the_wait_too() throws Exception {
        listen(behindProxy().headerTimeout(Duration.ZERO).idleTimeout(Duration.ofMillis(100)));
        try (Raw raw = connect()) {
            assertThat(raw.say("PROXY").hear()).isEqualTo("reset");
        }
        assertThat(events.await(ServerEvent.Rejected.class).cause()).hasMessageContaining("idleTimeout");
    }

    @Test
    void many_that_are_slow_hold_up_no_other() throws Exception {
        listen(behindProxy());
        Raw[] slow = new Raw[20];
        for (int i = 0; i < slow.length; i++) {
            slow[i] = connect().say(i % 2 == 0 ? "" : "PROXY ");
        }
        assertThat(served(ProxyLine.TCP4, REQUEST)).isEqualTo(answer("203.0.113.7:50072"));
        for (Raw each : slow) {
            each.close();
        }
    }

    @Test
    void close_ends_the_wait_and_an_exchange_behind_a_proxy() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        listen(behindProxy(), (req, res) -> {
            begun.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
                throw e;
            }
        });
        try (Raw waiting = connect().say("PROXY");
                Raw running = connect().say(ProxyLine.TCP4)) {
            assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
            server.close(Duration.ZERO);
            assertThat(interrupted.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(waiting.hear()).isEqualTo("reset");
            assertThat(running.hear()).isEqualTo("reset");
        }
        assertThat(events.all(ServerEvent.Rejected.class))
                .allSatisfy(event -> assertThat(event.cause()).hasMessage("the server was closed"));
        assertThat(events.all(ServerEvent.Failed.class)).hasSize(1);
        assertThat(events.names()).endsWith("Closed");
    }
}
