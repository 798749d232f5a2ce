package org.restream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.restream.testing.Leftovers;

/** A handler waits for something else than the peer while a real connection is lost. */
class InterruptOnLossOverSocketsTest {
    private static final Leftovers LEFTOVERS = new Leftovers();

    private ServerSocket listening;

    @BeforeEach
    void listen() throws Exception {
        listening = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    }

    @AfterAll
    static void leave_nothing() {
        LEFTOVERS.areGone();
    }

    @AfterEach
    void close() throws Exception {
        listening.close();
    }

    private ClientOptions options() {
        return ClientOptions.defaults()
                .servers("127.0.0.1:" + listening.getLocalPort())
                .retryDelay(Duration.ZERO)
                .listener(event -> {});
    }

    private static void reset(Socket socket) throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    private static Object take() throws InterruptedException {
        return new LinkedBlockingQueue<>().poll(30, TimeUnit.SECONDS);
    }

    @Test
    void each_reset_interrupts_its_own_handler_and_not_the_next_one() throws Exception {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        int rounds = 100;
        LinkedBlockingQueue<Character> read = new LinkedBlockingQueue<>();
        AtomicInteger interrupted = new AtomicInteger();
        AtomicInteger atTheStart = new AtomicInteger();
        CompletableFuture<Void> all = new CompletableFuture<>();
        try (RestreamClient client = Restream.createClient(options(), (req, res) -> {
            // an interrupt for the last loss would arrive soon, if there were one
            for (int spin = 0; spin < 20_000; spin++) {
                Thread.onSpinWait();
                // close() interrupts the handler that comes after the last reset, perhaps here
                if (Thread.interrupted() && interrupted.get() < rounds) {
                    atTheStart.incrementAndGet();
                }
            }
            read.add((char) res.read());
            try {
                take();
            } catch (InterruptedException e) {
                if (interrupted.incrementAndGet() == rounds) {
                    all.complete(null);
                }
                throw e;
            }
        })) {
            for (int round = 0; round < rounds; round++) {
                try (Socket socket = listening.accept()) {
                    socket.getOutputStream().write("{}\n\nb".getBytes(UTF_8));
                    // a reset would destroy bytes that are not read yet
                    assertThat(read.poll(30, TimeUnit.SECONDS)).isEqualTo('b');
                    for (int spin = random.nextInt(100_000); spin > 0; spin--) {
                        Thread.onSpinWait();
                    }
                    reset(socket);
                }
            }
            all.get(30, TimeUnit.SECONDS);
            assertThat(client).isNotNull();
        }
        assertThat(interrupted).as("seed " + seed).hasValue(rounds);
        assertThat(atTheStart).as("seed " + seed).hasValue(0);
    }

    @Test
    void a_silent_server_is_a_loss_after_the_idle_time_out() throws Exception {
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();
        ClientOptions once = options().idleTimeout(Duration.ofMillis(100)).maxFailures(1);
        try (RestreamClient client = Restream.createClient(once, (req, res) -> {
            thrown.complete(catchThrowable(InterruptOnLossOverSocketsTest::take));
        })) {
            assertThat(thrown.get(30, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
            assertThat(catchThrowable(() -> client.completion().get(30, TimeUnit.SECONDS)))
                    .hasRootCauseMessage("no byte moved in either direction for 100 ms (idleTimeout)");
        }
    }

    @Test
    void a_handler_that_works_on_when_all_has_ended_is_not_interrupted() throws Exception {
        AtomicInteger interrupted = new AtomicInteger();
        ClientOptions idle = options().idleTimeout(Duration.ofMillis(50));
        try (RestreamServer server =
                        Restream.createServer((req, res) -> req.transferTo(res)).listen(0);
                RestreamClient clock = Restream.createClient(
                        idle.idleTimeout(Duration.ofMillis(200)).maxFailures(1), (req, res) -> take());
                RestreamClient client = Restream.createClient(
                        idle.servers("127.0.0.1:" + server.address().getPort()), (req, res) -> {
                            req.end("question");
                            res.readAllBytes();
                            // longer than the idle time-out
                            clock.completion().exceptionally(failure -> null).join();
                            if (Thread.interrupted()) {
                                interrupted.incrementAndGet();
                            }
                        })) {
            client.completion().get(30, TimeUnit.SECONDS);
        }
        assertThat(interrupted).hasValue(0);
    }
}
