package org.restream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.restream.testing.Events;
import org.restream.testing.Raw;
import org.restream.testing.ReservedPort;

class ServerListenTest {
    private final Events<ServerEvent> events = new Events<>();
    private final RestreamServer server =
            Restream.createServer(ServerOptions.defaults().port(0).listener(events), (req, res) -> res.end("here"));

    @AfterEach
    void close() {
        server.close(Duration.ZERO);
    }

    private void answers(InetSocketAddress address) throws IOException {
        try (Raw raw = new Raw(address)) {
            assertThat(raw.end().hear()).isEqualTo("{}\n\nhere");
        }
    }

    @Test
    void listens_where_the_options_say() throws Exception {
        assertThat(server.isListening()).isFalse();
        assertThat(server.listen()).isSameAs(server);
        assertThat(server.isListening()).isTrue();
        assertThat(server.address().getAddress()).isEqualTo(InetAddress.getByName("127.0.0.1"));
        assertThat(events.await(ServerEvent.Listening.class).address()).isEqualTo(server.address());
        answers(server.address());
    }

    @Test
    void listens_at_the_port_it_is_told() throws Exception {
        try (ReservedPort port = new ReservedPort()) {
            assertThat(server.listen(port.number()).address())
                    .isEqualTo(new InetSocketAddress("127.0.0.1", port.number()));
            answers(server.address());
        }
    }

    @Test
    void port_0_picks_a_free_one() throws Exception {
        assertThat(server.listen(0).address().getPort()).isPositive();
    }

    @Test
    void listens_at_the_host_it_is_told() throws Exception {
        server.listen("0.0.0.0", 0);
        assertThat(server.address().getAddress().isAnyLocalAddress()).isTrue();
        answers(new InetSocketAddress("127.0.0.1", server.address().getPort()));
    }

    @Test
    void a_taken_port_is_named_with_its_host_and_the_server_can_listen_elsewhere() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            assertThatThrownBy(() -> server.listen(taken.getLocalPort()))
                    .isInstanceOf(BindException.class)
                    .hasMessageContaining("127.0.0.1")
                    .hasMessageContaining(String.valueOf(taken.getLocalPort()))
                    .hasMessageContaining("in use");
        }
        assertThat(server.isListening()).isFalse();
        assertThat(events.all()).isEmpty();
        assertThat(server.listen(0).isListening()).isTrue();
    }

    @Test
    void an_address_of_another_machine_is_refused() {
        assertThatThrownBy(() -> server.listen("192.0.2.1", 0))
                .isInstanceOf(BindException.class)
                .hasMessageContaining("192.0.2.1");
    }

    @Test
    void an_unknown_host_is_named() {
        assertThatThrownBy(() -> server.listen("no.such.host.invalid", 0))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no.such.host.invalid");
    }

    @Test
    void bad_values_are_refused() {
        assertThatThrownBy(() -> server.listen(65_536))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("65536");
        assertThatThrownBy(() -> server.listen("", 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> server.close(Duration.ofMillis(-1))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void it_listens_once() throws Exception {
        server.listen(0);
        assertThatThrownBy(() -> server.listen(0)).isInstanceOf(IllegalStateException.class);
        server.close();
        assertThatThrownBy(() -> server.listen(0)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void a_server_closed_before_it_listened_never_does() {
        server.close();
        assertThatThrownBy(() -> server.listen(0)).isInstanceOf(IllegalStateException.class);
        assertThat(events.all()).isEmpty();
    }

    @Test
    void it_has_an_address_from_listening_on_also_when_closed() throws Exception {
        assertThatThrownBy(server::address).isInstanceOf(IllegalStateException.class);
        InetSocketAddress address = server.listen(0).address();
        server.close();
        assertThat(server.address()).isEqualTo(address);
        assertThat(server.isListening()).isFalse();
        assertThatThrownBy(() -> new Socket(address.getAddress(), address.getPort()))
                .isInstanceOf(IOException.class);
    }

    @Test
    void its_port_can_be_taken_again_at_once() throws Exception {
        int port = server.listen(0).address().getPort();
        answers(server.address());
        server.close();
        try (RestreamServer second = Restream.createServer().listen(port)) {
            assertThat(second.address().getPort()).isEqualTo(port);
        }
    }

    @Test
    void without_a_handler_it_drops_the_request_and_answers_an_empty_header() throws Exception {
        try (RestreamServer bare = Restream.createServer().listen(0);
                Raw raw = new Raw(bare.address())) {
            raw.say("{}\n\n").say(new byte[1_000_000]).end();
            assertThat(raw.hear()).isEqualTo("{}\n\n");
        }
    }
}
