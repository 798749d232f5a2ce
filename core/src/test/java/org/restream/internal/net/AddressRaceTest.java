package org.restream.internal.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.restream.internal.concurrent.Timer;

/** The race of addresses, with scripted dialers; their connections are real, because they get closed. */
class AddressRaceTest {
    private static final Duration LONG = Duration.ofHours(1);

    /** The result of dialing an address. */
    private interface Script {
        TcpConnection run() throws Exception;
    }

    private final InetAddress a = address("10.0.0.1");
    private final InetAddress b = address("10.0.0.2");
    private final InetAddress c = address("10.0.0.3");
    private final Map<InetAddress, Script> scripts = new ConcurrentHashMap<>();
    private final List<InetAddress> dialed = new CopyOnWriteArrayList<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private ServerSocket listening;

    @BeforeEach
    void listen() throws Exception {
        listening = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    }

    @AfterEach
    void close() throws Exception {
        listening.close();
    }

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private TcpConnection open() throws IOException {
        return new TcpConnection(
                SocketChannel.open(new InetSocketAddress(listening.getInetAddress(), listening.getLocalPort())),
                new SocketOptions());
    }

    private TcpConnection blocked() throws InterruptedException {
        try {
            new CountDownLatch(1).await();
            return null;
        } finally {
            ended.countDown();
        }
    }

    private TcpConnection dial(InetAddress address) throws IOException {
        dialed.add(address);
        try {
            return scripts.get(address).run();
        } catch (InterruptedException e) {
            throw new IOException("interrupted");
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private TcpConnection race(Duration delay, Duration deadline, InetAddress... addresses)
            throws IOException, InterruptedException {
        return AddressRace.first(List.of(addresses), delay, Deadline.after(deadline, Timer.system()), this::dial);
    }

    private static Script refused(String why) {
        return () -> {
            throw new ConnectException(why);
        };
    }

    @Test
    void the_next_is_dialed_at_once_when_one_has_failed() throws Exception {
        scripts.put(a, refused("a"));
        scripts.put(b, refused("b"));
        scripts.put(c, this::open);
        race(LONG, LONG, a, b, c).close();
        assertThat(dialed).containsExactly(a, b, c);
    }

    @Test
    void the_next_is_dialed_after_the_delay_and_the_loser_ended() throws Exception {
        CountDownLatch firstDialed = new CountDownLatch(1);
        scripts.put(a, () -> {
            firstDialed.countDown();
            return blocked();
        });
        scripts.put(b, () -> {
            firstDialed.await();
            return open();
        });
        race(Duration.ofMillis(1), LONG, a, b).close();
        // each has a thread of its own, so their order depends on the scheduler
        assertThat(dialed).containsExactlyInAnyOrder(a, b);
        assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void the_first_may_still_win_after_the_second_was_dialed() throws Exception {
        CountDownLatch secondDialed = new CountDownLatch(1);
        TcpConnection first = open();
        scripts.put(a, () -> {
            secondDialed.await();
            return first;
        });
        scripts.put(b, () -> {
            secondDialed.countDown();
            return blocked();
        });
        assertThat(race(Duration.ofMillis(1), LONG, a, b)).isSameAs(first);
        assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
        first.close();
    }

    @Test
    void after_a_success_no_other_is_dialed() throws Exception {
        scripts.put(a, this::open);
        race(LONG, LONG, a, b).close();
        assertThat(dialed).containsExactly(a);
    }

    @Test
    void a_connection_that_comes_in_late_is_closed() throws Exception {
        CountDownLatch mayComeIn = new CountDownLatch(1);
        scripts.put(a, () -> {
            // a connection that the interrupt reaches too late
            while (mayComeIn.getCount() > 0) {
                try {
                    mayComeIn.await();
                } catch (InterruptedException e) {
                    ended.countDown();
                }
            }
            return open();
        });
        scripts.put(b, this::open);
        TcpConnection won = race(Duration.ofMillis(1), LONG, a, b);
        assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
        try (Socket winner = listening.accept()) {
            mayComeIn.countDown();
            try (Socket late = listening.accept()) {
                assertThatThrownBy(() -> late.getInputStream().read()).hasMessageContaining("reset");
            }
            won.finish();
            assertThat(winner.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void when_all_have_failed_each_reason_is_told() {
        scripts.put(a, refused("the first"));
        scripts.put(b, refused("the second"));
        assertThatThrownBy(() -> race(LONG, LONG, a, b))
                .hasMessage("the first")
                .satisfies(e -> assertThat(e.getSuppressed()[0]).hasMessage("the second"));
    }

    @Test
    void one_address_is_dialed_on_the_calling_thread() throws Exception {
        CompletableFuture<Thread> caller = new CompletableFuture<>();
        scripts.put(a, () -> {
            caller.complete(Thread.currentThread());
            return open();
        });
        race(LONG, LONG, a).close();
        assertThat(caller).isCompletedWithValue(Thread.currentThread());
    }

    @Test
    void at_the_deadline_it_fails_and_ends_all() throws Exception {
        CountDownLatch both = new CountDownLatch(2);
        Script script = () -> {
            try {
                return blocked();
            } finally {
                both.countDown();
            }
        };
        scripts.put(a, script);
        scripts.put(b, script);
        assertThatThrownBy(() -> race(Duration.ofMillis(1), Duration.ofMillis(200), a, b))
                .isInstanceOf(SocketTimeoutException.class)
                .hasMessageContaining("10.0.0.1")
                .hasMessageContaining("10.0.0.2");
        assertThat(both.await(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void an_interrupt_leaves_nothing() throws Exception {
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();
        CountDownLatch aDialed = new CountDownLatch(1);
        scripts.put(a, () -> {
            aDialed.countDown();
            return blocked();
        });
        Thread racing = new Thread(() -> {
            try {
                race(LONG, LONG, a, b);
            } catch (Throwable e) {
                thrown.complete(e);
            }
        });
        racing.start();
        aDialed.await();
        racing.interrupt();
        assertThat(thrown.get(30, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
        assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(dialed).containsExactly(a);
    }
}
