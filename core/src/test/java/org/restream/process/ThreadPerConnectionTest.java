package org.restream.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.restream.Restream;
import org.restream.RestreamServer;
import org.restream.ServerEvent;
import org.restream.ServerOptions;
import org.restream.testing.JavaProcess;

/** With {@code -Dorg.restream.batches=false} no exchange sees what another has left in a thread-local of its thread. */
class ThreadPerConnectionTest {
    private static final int ROUNDS = 20;
    private static final int AT_ONCE = 20;

    /** Exchanges that wait at the same time, so that there may be batches. Counts those that saw another's value. */
    static final class ManyAtOnce {
        public static void main(String... args) throws Exception {
            ThreadLocal<String> tenant = new ThreadLocal<>();
            AtomicInteger found = new AtomicInteger();
            AtomicInteger batches = new AtomicInteger();
            AtomicInteger strange = new AtomicInteger();
            ClassLoader own = Thread.currentThread().getContextClassLoader();
            ServerOptions options = ServerOptions.defaults().port(0);
            for (int round = 0; round < ROUNDS; round++) {
                CountDownLatch connected = new CountDownLatch(1);
                RestreamServer.Handler handler = (req, res) -> {
                    connected.await();
                    if (tenant.get() != null) {
                        found.incrementAndGet();
                    }
                    tenant.set("of " + req.exchange());
                    if (Thread.currentThread().getContextClassLoader() != own) {
                        strange.incrementAndGet();
                    }
                    Thread.currentThread().setContextClassLoader(new ClassLoader(own) {});
                    if (Thread.currentThread().getName().equals("restream-server-batch")) {
                        batches.incrementAndGet();
                    }
                    res.end(req.readAllBytes());
                };
                try (RestreamServer server = Restream.createServer(options.maxConnections(1), handler)
                        .listen()) {
                    exchange(server.address().getPort(), connected);
                }
            }
            System.out.println(
                    "found " + found + ", strange loaders " + strange + ", in batches " + (batches.get() > 0));
        }

        /** All connect before the first is served, because it has the only place. */
        private static void exchange(int port, CountDownLatch connected) throws Exception {
            List<Socket> sockets = new ArrayList<>();
            try {
                for (int i = 0; i < AT_ONCE; i++) {
                    Socket socket = new Socket("127.0.0.1", port);
                    sockets.add(socket);
                    socket.getOutputStream().write("{}\n\nquestion".getBytes(UTF_8));
                    socket.shutdownOutput();
                }
                connected.countDown();
                for (Socket socket : sockets) {
                    String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);
                    if (!answer.equals("{}\n\nquestion")) {
                        throw new AssertionError(answer);
                    }
                }
            } finally {
                for (Socket socket : sockets) {
                    socket.close();
                }
            }
        }
    }

    /** Connections that wait at the same time, and are all turned away. Counts the listener's calls in another's context. */
    static final class ManyTurnedAway {
        public static void main(String... args) throws Exception {
            CountDownLatch connected = new CountDownLatch(1);
            CountDownLatch turnedAway = new CountDownLatch(AT_ONCE);
            AtomicInteger batches = new AtomicInteger();
            AtomicInteger strange = new AtomicInteger();
            ClassLoader own = Thread.currentThread().getContextClassLoader();
            ServerOptions options = ServerOptions.defaults()
                    .port(0)
                    .proxyProtocol("192.0.2.1")
                    .listener(event -> {
                        if (!(event instanceof ServerEvent.Rejected)) {
                            return;
                        }
                        uninterruptibly(connected);
                        Thread thread = Thread.currentThread();
                        if (thread.getContextClassLoader() != own) {
                            strange.incrementAndGet();
                        }
                        if (thread.getName().equals("restream-server-batch")) {
                            // the next connection's is that of the server again
                            thread.setContextClassLoader(new ClassLoader(own) {});
                            batches.incrementAndGet();
                        }
                        turnedAway.countDown();
                    });
            List<Socket> sockets = new ArrayList<>();
            try (RestreamServer server =
                    Restream.createServer(options, (req, res) -> {}).listen()) {
                for (int i = 0; i < AT_ONCE; i++) {
                    sockets.add(new Socket("127.0.0.1", server.address().getPort()));
                }
                connected.countDown();
                uninterruptibly(turnedAway);
            }
            for (Socket socket : sockets) {
                socket.close();
            }
            System.out.println("strange loaders " + strange + ", in batches " + (batches.get() > 0));
        }

        private static void uninterruptibly(CountDownLatch latch) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException("nobody interrupts this thread", e);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"virtual", "platform"})
    void a_listener_has_the_context_of_its_server_when_a_batch_turns_a_connection_away(String threads)
            throws Exception {
        try (JavaProcess process =
                JavaProcess.start(List.of("-Dorg.restream.threads=" + threads), ManyTurnedAway.class)) {
            assertThat(process.line()).isEqualTo("strange loaders 0, in batches true");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"virtual", "platform"})
    void no_exchange_shares_its_thread(String threads) throws Exception {
        assertThat(said("-Dorg.restream.batches=false", "-Dorg.restream.threads=" + threads))
                .isEqualTo("found 0, strange loaders 0, in batches false");
    }

    /** Without the property there are batches, whose exchanges share a thread, but not its class loader. */
    @ParameterizedTest
    @ValueSource(strings = {"virtual", "platform"})
    void else_there_are_batches(String threads) throws Exception {
        assertThat(said("-Dorg.restream.threads=" + threads)).endsWith("strange loaders 0, in batches true");
    }

    private static String said(String... options) throws Exception {
        try (JavaProcess process = JavaProcess.start(List.of(options), ManyAtOnce.class)) {
            return process.line();
        }
    }
}
