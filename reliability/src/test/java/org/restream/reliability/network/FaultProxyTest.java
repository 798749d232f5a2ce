package org.restream.reliability.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.restream.reliability.network.Fault.Kind;
import org.restream.testing.Pattern;

/** Tests the proxy between two plain sockets. */
class FaultProxyTest {
    private static final byte[] MESSAGE = Pattern.bytes(1, 3_000);
    private static final int[] OFFSETS = {0, 1, 2, 17, 1_499, 2_999, 3_000};

    private ServerSocket listening;
    private FaultProxy proxy;
    private Socket client;
    private Socket server;
    private ProxiedConnection connection;

    @BeforeEach
    void listen() throws IOException {
        listening = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        proxy = new FaultProxy(new InetSocketAddress("127.0.0.1", listening.getLocalPort()));
    }

    @AfterEach
    void close() throws IOException {
        proxy.close();
        listening.close();
    }

    private void connect(Fault fault) throws Exception {
        proxy.plan(fault);
        client = new Socket("127.0.0.1", proxy.socketAddress().getPort());
        server = listening.accept();
        connection = proxy.connection();
        client.setSoTimeout(30_000);
        server.setSoTimeout(30_000);
    }

    private Socket sender(Direction direction) {
        return direction == Direction.UP ? client : server;
    }

    private Socket receiver(Direction direction) {
        return direction == Direction.UP ? server : client;
    }

    private static void send(Socket socket, byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    /** Checks that exactly this many first bytes of the message arrive. */
    private static void receives(Socket socket, int count) throws IOException {
        assertThat(socket.getInputStream().readNBytes(count)).isEqualTo(Arrays.copyOf(MESSAGE, count));
    }

    private static void ends(Socket socket) throws IOException {
        assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }

    private static void isReset(Socket socket) {
        assertThatThrownBy(() -> socket.getInputStream().read())
                .isInstanceOf(SocketException.class)
                .hasMessageContaining("reset");
    }

    private static void getsNothing(Socket socket) throws IOException {
        socket.setSoTimeout(50);
        assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
        socket.setSoTimeout(30_000);
    }

    @ParameterizedTest
    @EnumSource(Direction.class)
    void without_harm_bytes_and_both_ends_come_through(Direction direction) throws Exception {
        connect(Fault.NONE);
        send(sender(direction), MESSAGE);
        sender(direction).shutdownOutput();
        receives(receiver(direction), MESSAGE.length);
        ends(receiver(direction));
        send(receiver(direction), MESSAGE);
        receives(sender(direction), MESSAGE.length);
        receiver(direction).close();
        ends(sender(direction));
    }

    @ParameterizedTest
    @EnumSource(Direction.class)
    void without_harm_a_reset_comes_through(Direction direction) throws Exception {
        connect(Fault.NONE);
        send(sender(direction), MESSAGE);
        receives(receiver(direction), MESSAGE.length);
        sender(direction).setSoLinger(true, 0);
        sender(direction).close();
        isReset(receiver(direction));
    }

    @ParameterizedTest
    @EnumSource(Direction.class)
    void an_end_after_exactly_so_many_bytes_and_the_other_direction_goes_on(Direction direction) throws Exception {
        for (int offset : OFFSETS) {
            connect(new Fault(direction, offset, Kind.FIN));
            send(sender(direction), MESSAGE);
            receives(receiver(direction), offset);
            ends(receiver(direction));
            // the sender may go on, and receives what the other side sends
            send(sender(direction), MESSAGE);
            send(receiver(direction), MESSAGE);
            receiver(direction).shutdownOutput();
            receives(sender(direction), MESSAGE.length);
            ends(sender(direction));
        }
    }

    @ParameterizedTest
    @EnumSource(Direction.class)
    void a_reset_of_both_after_exactly_so_many_bytes(Direction direction) throws Exception {
        for (int offset : OFFSETS) {
            connect(new Fault(direction, offset, Kind.RST));
            if (offset > 0) {
                send(sender(direction), MESSAGE);
            }
            receives(receiver(direction), offset);
            isReset(receiver(direction));
            isReset(sender(direction));
        }
    }

    @ParameterizedTest
    @EnumSource(Direction.class)
    void nothing_after_exactly_so_many_bytes_not_even_an_end_or_a_reset(Direction direction) throws Exception {
        for (int offset : OFFSETS) {
            connect(new Fault(direction, offset, Kind.BLACKHOLE));
            send(sender(direction), MESSAGE);
            receives(receiver(direction), offset);
            send(receiver(direction), MESSAGE);
            receives(sender(direction), MESSAGE.length);
            sender(direction).setSoLinger(offset % 2 == 0, 0);
            sender(direction).close();
            getsNothing(receiver(direction));
            receiver(direction).close();
        }
    }

    @ParameterizedTest
    @EnumSource(Direction.class)
    void a_stalled_direction_holds_the_sender_back_and_loses_nothing(Direction direction) throws Exception {
        byte[] large = Pattern.bytes(1, 32 << 20);
        connect(new Fault(direction, 1_000, Kind.STALL));
        CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> {
            try {
                send(sender(direction), large);
                sender(direction).shutdownOutput();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        receives(receiver(direction), 1_000);
        getsNothing(receiver(direction));
        assertThat(sent).isNotDone();
        connection.pump(direction).resume();
        byte[] rest = receiver(direction).getInputStream().readAllBytes();
        assertThat(Arrays.equals(rest, 0, rest.length, large, 1_000, large.length))
                .isTrue();
        sent.get(30, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @EnumSource(Direction.class)
    void a_direction_that_drips_delivers_what_it_may(Direction direction) throws Exception {
        connect(new Fault(direction, 0, Kind.STALL));
        send(sender(direction), MESSAGE);
        Pump pump = connection.pump(direction);
        for (int delivered = 0; delivered < 100; delivered += 10) {
            pump.allow(10);
            pump.awaitDelivered(delivered + 10);
            assertThat(pump.delivered()).isEqualTo(delivered + 10);
            assertThat(receiver(direction).getInputStream().available()).isEqualTo(delivered + 10);
        }
        receives(receiver(direction), 100);
    }

    @Test
    void refuses_and_accepts_again_at_the_same_port() throws Exception {
        proxy.refuse();
        assertThatThrownBy(() -> connect(Fault.NONE)).isInstanceOf(ConnectException.class);
        proxy.acceptAgain();
        connect(Fault.NONE);
    }

    /** A server of another test that runs beside it, say. */
    @Test
    void nobody_else_gets_its_port_while_it_refuses() throws Exception {
        proxy.refuse();
        try (ServerSocket other = new ServerSocket()) {
            // as the system looks for a port that it gives away
            other.setReuseAddress(false);
            assertThatThrownBy(() -> other.bind(proxy.socketAddress())).isInstanceOf(BindException.class);
        }
    }

    @Test
    void accepts_and_drops() throws Exception {
        proxy.plan(Fault.DROP);
        ends(new Socket("127.0.0.1", proxy.socketAddress().getPort()));
        connect(Fault.NONE);
    }

    @Test
    void knows_no_half_close_where_it_is_told_so() throws Exception {
        connect(Fault.FULL_CLOSE);
        send(client, MESSAGE);
        client.shutdownOutput();
        receives(server, MESSAGE.length);
        ends(server);
        ends(client);
    }

    @Test
    void harms_only_what_it_was_told_to() throws Exception {
        connect(new Fault(Direction.UP, 0, Kind.RST));
        isReset(server);
        without_harm_bytes_and_both_ends_come_through(Direction.UP);
    }
}
