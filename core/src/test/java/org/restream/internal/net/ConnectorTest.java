package org.restream.internal.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.restream.FailureKind;
import org.restream.RestreamException;
import org.restream.ServerAddress;
import org.restream.internal.concurrent.Timer;
import org.restream.internal.link.OpenException;
import org.restream.testing.FullBacklog;
import org.restream.testing.Leftovers;
import org.restream.testing.ReservedPort;

class ConnectorTest {
    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration SHORT = Duration.ofMillis(200);

    private static Connector connector(Duration timeout, String... addresses) {
        return new Connector(
                timeout, new Lookup(host -> all(addresses)), Timer.system(), (connection, server) -> connection);
    }

    private static InetAddress[] all(String... addresses) throws UnknownHostException {
        InetAddress[] all = new InetAddress[addresses.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = InetAddress.getByName(addresses[i]);
        }
        return all;
    }

    @Test
    void connects_to_a_name() throws Exception {
        try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            ServerAddress server = new ServerAddress("name.example", listening.getLocalPort());
            TcpConnection connection =
                    (TcpConnection) connector(LONG, "127.0.0.1").connect(server);
            assertThat(connection.peer().getPort()).isEqualTo(listening.getLocalPort());
            connection.close();
        }
    }

    @Test
    void goes_on_to_the_address_that_answers() throws Exception {
        try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.3"))) {
            ServerAddress server = new ServerAddress("name.example", listening.getLocalPort());
            TcpConnection connection = (TcpConnection)
                    connector(LONG, "127.0.0.1", "127.0.0.2", "127.0.0.3").connect(server);
            assertThat(connection.peer().getAddress()).isEqualTo(InetAddress.getByName("127.0.0.3"));
            connection.close();
        }
    }

    @Test
    void a_refusal_names_the_server_and_the_reason() throws Exception {
        try (ReservedPort nobody = new ReservedPort()) {
            ServerAddress server = ServerAddress.parse(nobody.address());
            assertThatThrownBy(() -> connector(LONG).connect(server))
                    .isInstanceOf(RestreamException.class)
                    .hasMessage("can't connect to " + server + ": Connection refused")
                    .hasCauseInstanceOf(ConnectException.class);
        }
    }

    @Test
    void whoever_has_found_why_says_so() throws Exception {
        Connector nowhere = new Connector(
                LONG,
                new Lookup(host -> {
                    throw new UnknownHostException(host);
                }),
                Timer.system(),
                (connection, server) -> connection);
        assertThat(kind(nowhere, new ServerAddress("a.example", 1))).isEqualTo(FailureKind.LOOKUP);
        try (ReservedPort nobody = new ReservedPort("0.0.0.0")) {
            Connector both = connector(LONG, "127.0.0.1", "127.0.0.2");
            assertThat(kind(both, new ServerAddress("a.example", nobody.number())))
                    .isEqualTo(FailureKind.CONNECTION);
        }
        try (FullBacklog silent = new FullBacklog()) {
            int port = ServerAddress.parse(silent.address()).port();
            assertThat(kind(connector(SHORT, "127.0.0.1"), new ServerAddress("a.example", port)))
                    .isEqualTo(FailureKind.LIMIT);
        }
    }

    private static FailureKind kind(Connector connector, ServerAddress server) {
        OpenException failure = catchThrowableOfType(OpenException.class, () -> connector.connect(server));
        return failure.kind();
    }

    @Test
    void one_deadline_is_over_the_look_up() {
        CountDownLatch never = new CountDownLatch(1);
        Connector connector = new Connector(
                SHORT,
                new Lookup(host -> {
                    try {
                        never.await();
                    } catch (InterruptedException e) {
                        throw new UnknownHostException(host);
                    }
                    return all("127.0.0.1");
                }),
                Timer.system(),
                (connection, server) -> connection);
        assertThatThrownBy(() -> connector.connect(new ServerAddress("silent.example", 1)))
                .hasMessageContaining("silent.example:1")
                .hasCauseInstanceOf(SocketTimeoutException.class);
        never.countDown();
    }

    @Test
    void one_deadline_is_over_the_connect() throws Exception {
        Leftovers leftovers = new Leftovers();
        try (FullBacklog silent = new FullBacklog()) {
            assertThatThrownBy(() -> connector(SHORT).connect(ServerAddress.parse(silent.address())))
                    .hasMessageContaining(silent.address())
                    .hasCauseInstanceOf(SocketTimeoutException.class);
        }
        leftovers.areGone();
    }

    @Test
    void one_deadline_is_over_the_connects_to_all_addresses() throws Exception {
        Leftovers leftovers = new Leftovers();
        try (FullBacklog silent = new FullBacklog()) {
            ServerAddress server = new ServerAddress(
                    "both.example", ServerAddress.parse(silent.address()).port());
            assertThatThrownBy(() -> connector(SHORT, "127.0.0.1", "127.0.0.1").connect(server))
                    .hasMessageContaining("both.example")
                    .hasCauseInstanceOf(SocketTimeoutException.class);
        }
        leftovers.areGone();
    }

    @Test
    void an_interrupt_ends_it_and_leaves_nothing() throws Exception {
        Leftovers leftovers = new Leftovers();
        try (FullBacklog silent = new FullBacklog()) {
            ServerAddress server = ServerAddress.parse(silent.address());
            CompletableFuture<Throwable> thrown = new CompletableFuture<>();
            Thread connecting = new Thread(() -> {
                try {
                    connector(LONG).connect(server);
                } catch (Throwable e) {
                    thrown.complete(e);
                }
            });
            connecting.start();
            connecting.interrupt();
            assertThat(thrown.get(30, TimeUnit.SECONDS)).isNotNull();
        }
        leftovers.areGone();
    }

    /** TCP connects a socket to itself if the system picks the very port to which it connects. */
    @Test
    void a_connection_with_itself_is_refused() throws Exception {
        AtomicInteger connected = new AtomicInteger();
        int port;
        // not reserved: the system must be free to pick it
        try (ReservedPort free = new ReservedPort()) {
            port = free.number();
        }
        for (int i = 0; i < 2_000; i++) {
            try {
                connector(LONG).connect(new ServerAddress("127.0.0.1", port)).abort();
                connected.incrementAndGet();
            } catch (RestreamException e) {
                assertThat(e).hasMessageContaining("refused");
            }
        }
        assertThat(connected).hasValue(0);
    }

    @Test
    void a_peer_that_resets_at_once_is_an_IOException_wherever_it_is_noticed() throws Exception {
        try (ServerSocket listening = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"))) {
            ServerAddress server = new ServerAddress("127.0.0.1", listening.getLocalPort());
            Thread resetting = new Thread(() -> {
                for (int i = 0; i < 100; i++) {
                    try (Socket socket = listening.accept()) {
                        socket.setSoLinger(true, 0);
                    } catch (IOException e) {
                        return;
                    }
                }
            });
            resetting.start();
            for (int i = 0; i < 100; i++) {
                try {
                    connector(LONG).connect(server).abort();
                } catch (RestreamException e) {
                    assertThat(e).hasMessageContaining(server.toString());
                }
            }
            resetting.join();
        }
    }
}
