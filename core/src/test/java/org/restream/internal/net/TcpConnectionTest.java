package org.restream.internal.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TcpConnectionTest {
    private static final int SIZE = 100;

    private ServerSocket listening;
    private SocketChannel channel;
    private TcpConnection connection;
    private Socket peer;

    @BeforeEach
    void connect() throws IOException {
        listening = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
        channel = SocketChannel.open(new InetSocketAddress(listening.getInetAddress(), listening.getLocalPort()));
        SocketOptions.resetUntilFinished(channel);
        connection = new TcpConnection(channel, new SocketOptions());
        peer = listening.accept();
        peer.setSoTimeout(30_000);
    }

    @AfterEach
    void close() throws IOException {
        connection.abort();
        peer.close();
        listening.close();
    }

    private int read() throws IOException {
        return connection.read(ByteBuffer.allocate(SIZE));
    }

    @Test
    void the_end_of_ours_leaves_what_the_peer_says() throws Exception {
        connection.write(ByteBuffer.allocate(SIZE));
        connection.finish();
        assertThat(peer.getInputStream().readAllBytes()).hasSize(SIZE);

        peer.getOutputStream().write(1);
        assertThat(read()).isEqualTo(1);
        peer.shutdownOutput();
        assertThat(read()).isEqualTo(-1);
    }

    @Test
    void where_the_peers_has_been_read_it_is_the_end_of_all_and_nothing_of_ours_is_lost() throws Exception {
        peer.shutdownOutput();
        assertThat(read()).isEqualTo(-1);
        connection.write(ByteBuffer.allocate(SIZE));
        connection.finish();

        assertThatThrownBy(() -> connection.write(ByteBuffer.allocate(1))).isInstanceOf(ClosedChannelException.class);
        // too late for a reset: both messages have ended cleanly
        connection.abort();
        assertThat(peer.getInputStream().readAllBytes()).hasSize(SIZE);
    }

    @Test
    void four_full_records_of_tls_go_out_in_one_call() throws Exception {
        ByteBuffer records = ByteBuffer.allocate(4 * (5 + 16 * 1024 + 1 + 16));
        connection.write(records);
        assertThat(records.hasRemaining()).isFalse();
    }

    @Test
    void keepalive_is_asked_for_and_of_a_closed_connection_asks_nothing() throws Exception {
        assertThat(channel.getOption(StandardSocketOptions.SO_KEEPALIVE)).isFalse();
        connection.keepAlive();
        assertThat(channel.getOption(StandardSocketOptions.SO_KEEPALIVE)).isTrue();
        connection.close();
        connection.keepAlive();
    }
}
