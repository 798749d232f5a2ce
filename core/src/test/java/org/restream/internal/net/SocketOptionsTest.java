package org.restream.internal.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.junit.jupiter.api.Test;

class SocketOptionsTest {
    @Test
    void every_accepted_socket_has_them_whether_it_has_them_of_the_listening_one_or_not() throws Exception {
        try (ServerSocketChannel listening = ServerSocketChannel.open()) {
            listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            SocketOptions options = SocketOptions.ofAccepted(listening);
            for (int i = 0; i < 3; i++) {
                try (SocketChannel peer = SocketChannel.open(listening.getLocalAddress());
                        SocketChannel accepted = listening.accept()) {
                    prepare(options, accepted);
                    areSet(accepted);
                }
            }
        }
    }

    @Test
    void every_connecting_socket_has_them() throws Exception {
        SocketOptions options = new SocketOptions();
        for (int i = 0; i < 3; i++) {
            try (SocketChannel channel = SocketChannel.open()) {
                prepare(options, channel);
                areSet(channel);
            }
        }
    }

    private static void prepare(SocketOptions options, SocketChannel channel) throws IOException {
        SocketOptions.resetUntilFinished(channel);
        options.keepAlive(channel);
    }

    private static void areSet(SocketChannel channel) throws IOException {
        assertThat(channel.getOption(StandardSocketOptions.SO_LINGER)).isZero();
        assertThat(channel.getOption(StandardSocketOptions.SO_KEEPALIVE)).isTrue();
        for (SocketOption<?> option : channel.supportedOptions()) {
            switch (option.name()) {
                case "TCP_KEEPIDLE", "TCP_KEEPINTERVAL" ->
                    assertThat(channel.getOption(option)).as(option.name()).isEqualTo(15);
                case "TCP_KEEPCOUNT" -> assertThat(channel.getOption(option)).isEqualTo(3);
                default -> {}
            }
        }
    }
}
