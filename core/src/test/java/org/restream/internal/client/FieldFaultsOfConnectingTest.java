package org.restream.internal.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.restream.ClientOptions;
import org.restream.ServerAddress;
import org.restream.internal.concurrent.Threads;
import org.restream.internal.concurrent.Timer;
import org.restream.internal.net.Connector;
import org.restream.internal.net.Lookup;

/** Bugs that similar programs have had, with a network. {@link FieldFaultsTest} has those without one. */
class FieldFaultsOfConnectingTest {
    private static final int MANY = 200;

    private final ManualClock clock = new ManualClock();
    private final InetAddress loopback = InetAddress.getLoopbackAddress();
    private ServerSocket server;

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, MANY, loopback);
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    @Test
    void a_lookup_that_is_never_answered_ends_with_the_connectTimeout() {
        CountDownLatch never = new CountDownLatch(1);
        Connector connector = connector(ofMillis(50), Timer.system(), host -> {
            awaitQuietly(never);
            throw new UnknownHostException(host);
        });
        assertThatThrownBy(() -> connector.connect(named("slow.example")))
                .hasMessageContaining("the look-up of \"slow.example\" got no answer in time")
                .hasRootCauseInstanceOf(SocketTimeoutException.class);
        never.countDown();
    }

    @Test
    void connecting_has_only_the_time_that_the_lookup_has_left_of_the_connectTimeout() throws Exception {
        List<Duration> left = new ArrayList<>();
        Timer timer = new Timer() {
            @Override
            public long nanoTime() {
                return clock.nanoTime();
            }

            @Override
            public Task after(Duration delay, Runnable work) {
                left.add(delay);
                return clock.after(delay, work);
            }
        };
        Connector connector = connector(ofSeconds(10), timer, host -> {
            clock.advance(ofSeconds(6));
            return new InetAddress[] {loopback};
        });
        connector.connect(named("slow.example")).abort();
        assertThat(left).containsExactly(ofSeconds(4));
        assertThat(clock.pending()).isEmpty();
    }

    @Test
    void a_lookup_that_takes_the_whole_connectTimeout_leaves_none_to_connect() {
        Connector connector = connector(ofSeconds(10), clock, host -> {
            clock.advance(ofSeconds(10));
            return new InetAddress[] {loopback};
        });
        assertThatThrownBy(() -> connector.connect(named("slow.example")))
                .hasMessageContaining("within 10 s")
                .hasRootCauseInstanceOf(SocketTimeoutException.class);
        assertThat(clock.pending()).isEmpty();
    }

    @Test
    void a_name_that_was_unknown_once_is_looked_up_again() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        Connector connector = connector(ofSeconds(10), clock, host -> {
            if (asked.incrementAndGet() < 3) {
                throw new UnknownHostException(host);
            }
            return new InetAddress[] {loopback};
        });
        CompletableFuture<Void> answered = inThread(() -> {
            try (Socket accepted = server.accept()) {
                accepted.getOutputStream().write("{\"hello\":\"late\"}\n\n".getBytes(UTF_8));
                accepted.shutdownOutput();
                accepted.getInputStream().readAllBytes();
            }
        });
        ClientOptions options =
                ClientOptions.defaults().servers(List.of(named("late.example"))).retryDelay(ofMillis(100));
        Life life = new Life(
                options,
                clock,
                connector::connect,
                (req, res) -> assertThat(res.header()).containsEntry("hello", "late"));
        assertThat(life.run()).isNull();
        assertThat(life.waits).containsExactly(ofMillis(100), ofMillis(200));
        assertThat(asked).hasValue(3);
        answered.get(30, TimeUnit.SECONDS);
    }

    @Test
    void retries_leave_no_socket_no_thread_and_no_timer() throws Exception {
        List<Socket> accepted = new ArrayList<>();
        // the server never closes by itself, so each connection ends only if the client ends it
        CompletableFuture<Void> accepting = inThread(() -> {
            for (int i = 0; i < MANY; i++) {
                Socket socket = server.accept();
                accepted.add(socket);
                socket.getOutputStream().write("no header\n\n".getBytes(UTF_8));
            }
        });
        Connector connector = connector(ofSeconds(10), clock, InetAddress::getAllByName);
        ClientOptions options = ClientOptions.defaults()
                .servers(List.of(named("127.0.0.1")))
                .maxFailures(MANY)
                .idleTimeout(ofSeconds(60));
        Life life = new Life(options, clock, connector::connect, (req, res) -> {
            res.onError(error -> {});
            // long enough for a second thread to start
            clock.advance(ofMillis(10));
        });
        assertThat(life.run()).hasMessageStartingWith("gave up after " + MANY + " failed attempts");
        accepting.get(30, TimeUnit.SECONDS);

        assertThat(life.threads).hasSize(MANY);
        for (Thread thread : life.threads) {
            thread.join(30_000);
            assertThat(thread.isAlive()).isFalse();
        }
        assertThat(clock.pending()).isEmpty();
        for (Socket socket : accepted) {
            assertThat(isEnded(socket)).isTrue();
        }
    }

    private static boolean isEnded(Socket socket) throws IOException {
        try (socket) {
            socket.setSoTimeout(30_000);
            socket.getInputStream().readAllBytes();
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (SocketException e) {
            return true;
        }
    }

    private ServerAddress named(String host) {
        return new ServerAddress(host, server.getLocalPort());
    }

    private static Connector connector(Duration timeout, Timer timer, Lookup.Resolver resolver) {
        return new Connector(timeout, new Lookup(resolver), timer, (connection, server) -> connection);
    }

    private interface Work {
        void run() throws IOException;
    }

    private static CompletableFuture<Void> inThread(Work work) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        Threads.start("test-peer", () -> {
            try {
                work.run();
                done.complete(null);
            } catch (IOException e) {
                done.completeExceptionally(e);
            }
        });
        return done;
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
