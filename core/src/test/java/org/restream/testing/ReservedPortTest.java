package org.restream.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.Test;
import org.restream.Restream;
import org.restream.RestreamServer;

class ReservedPortTest {
    private static void isRefused(ReservedPort port) {
        assertThatThrownBy(() -> new Socket("127.0.0.1", port.number()).close()).isInstanceOf(ConnectException.class);
    }

    @Test
    void it_refuses_until_a_server_listens_there_and_again_when_that_is_closed() throws Exception {
        try (ReservedPort port = new ReservedPort()) {
            for (int i = 0; i < 3; i++) {
                isRefused(port);
                try (RestreamServer server =
                        Restream.createServer((req, res) -> res.end()).listen(port.number())) {
                    new Socket("127.0.0.1", server.address().getPort()).close();
                }
            }
            isRefused(port);
        }
    }

    /** As many servers as use up all the ports that the system gives, each of which is closed at once. */
    @Test
    void nobody_else_gets_it() throws Exception {
        try (ReservedPort port = new ReservedPort()) {
            for (int i = 0; i < 30_000; i++) {
                try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
                    assertThat(other.getLocalPort()).isNotEqualTo(port.number());
                }
            }
        }
    }
}
