package org.restream.internal.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.junit.jupiter.api.Test;
import org.restream.internal.link.StoppedReadingException;

/** The first error of a write shows whether the peer's reset came before or after its end. */
class BrokenPipeTest {
    private interface Peer {
        void close(Socket socket) throws IOException;
    }

    private static Throwable writeTo(Peer peer) throws Exception {
        try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            TcpConnection connection = new TcpConnection(
                    SocketChannel.open(new InetSocketAddress(listening.getInetAddress(), listening.getLocalPort())),
                    new SocketOptions());
            Socket socket = listening.accept();
            // the peer does not read this, so its close is a reset
            connection.write(ByteBuffer.wrap(new byte[10]));
            peer.close(socket);
            try {
                while (true) {
                    connection.write(ByteBuffer.allocate(10_000));
                }
            } catch (IOException e) {
                return e;
            } finally {
                connection.abort();
            }
        }
    }

    @Test
    void a_reset_after_the_end_is_told_as_a_refusal_to_read() throws Exception {
        assertThat(writeTo(socket -> {
                    socket.shutdownOutput();
                    socket.close();
                }))
                .isInstanceOf(StoppedReadingException.class);
    }

    @Test
    void a_reset_before_the_end_is_told_as_a_loss() throws Exception {
        assertThat(writeTo(socket -> {
                    socket.setSoLinger(true, 0);
                    socket.close();
                }))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(StoppedReadingException.class);
    }

    /** The first thread that asks may just have been interrupted by close(). */
    @Test
    void an_interrupted_thread_can_tell_too() throws Exception {
        BrokenPipe.forget();
        Thread.currentThread().interrupt();
        assertThat(BrokenPipe.is(new IOException("other"))).isFalse();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(writeTo(socket -> {
                    socket.shutdownOutput();
                    socket.close();
                }))
                .isInstanceOf(StoppedReadingException.class);
    }

    @Test
    void other_errors_are_none() {
        assertThat(BrokenPipe.is(new IOException("TcpConnection reset by peer")))
                .isFalse();
        assertThat(BrokenPipe.is(new IOException((String) null))).isFalse();
    }

    @Test
    void a_read_after_a_write_that_met_a_reset_is_no_end() throws Exception {
        try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            TcpConnection connection = new TcpConnection(
                    SocketChannel.open(new InetSocketAddress(listening.getInetAddress(), listening.getLocalPort())),
                    new SocketOptions());
            Socket socket = listening.accept();
            socket.setSoLinger(true, 0);
            socket.close();
            assertThatThrownBy(() -> {
                        while (true) {
                            connection.write(ByteBuffer.allocate(10_000));
                        }
                    })
                    .isInstanceOf(IOException.class);
            assertThatThrownBy(() -> connection.read(ByteBuffer.allocate(10))).isInstanceOf(IOException.class);
            connection.abort();
        }
    }
}
