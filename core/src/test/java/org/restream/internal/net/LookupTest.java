package org.restream.internal.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.restream.internal.concurrent.Timer;

class LookupTest {
    private static Deadline in(Duration duration) {
        return Deadline.after(duration, Timer.system());
    }

    private static final Duration LONG = Duration.ofHours(1);

    @Test
    void gives_all_addresses_in_the_order_of_the_answer() throws Exception {
        InetAddress[] answer = {InetAddress.getByName("10.0.0.2"), InetAddress.getByName("::1")};
        assertThat(new Lookup(host -> answer).addresses("two.example", in(LONG)))
                .containsExactly(answer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "0.0.0.0", "255.255.255.255", "::1", "2001:db8::7", "::ffff:10.0.0.1"})
    void an_address_is_not_looked_up(String address) throws Exception {
        Lookup lookup = new Lookup(host -> {
            throw new AssertionError("looked up");
        });
        assertThat(lookup.addresses(address, in(LONG))).containsExactly(InetAddress.getByName(address));
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "256.0.0.1", "1.2.3", "1.2.3.4.5", "1.2.3.4.example", "a1.2.3.4"})
    void a_name_is_looked_up(String name) throws Exception {
        InetAddress answer = InetAddress.getByName("10.0.0.1");
        Lookup lookup = new Lookup(host -> {
            assertThat(host).isEqualTo(name);
            return new InetAddress[] {answer};
        });
        assertThat(lookup.addresses(name, in(LONG))).containsExactly(answer);
    }

    @Test
    void asks_anew_each_time() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        Lookup lookup =
                new Lookup(host -> new InetAddress[] {InetAddress.getByName("10.0.0." + asked.incrementAndGet())});
        for (int i = 1; i <= 3; i++) {
            assertThat(lookup.addresses("moves.example", in(LONG)))
                    .containsExactly(InetAddress.getByName("10.0.0." + i));
        }
    }

    @Test
    void an_unknown_host_is_named_and_known_the_next_time() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        Lookup lookup = new Lookup(host -> {
            if (asked.incrementAndGet() == 1) {
                throw new UnknownHostException("the system's own words");
            }
            return new InetAddress[] {InetAddress.getLoopbackAddress()};
        });
        assertThatThrownBy(() -> lookup.addresses("late.example", in(LONG)))
                .isInstanceOf(UnknownHostException.class)
                .hasMessageContaining("late.example")
                .hasRootCauseMessage("the system's own words");
        assertThat(lookup.addresses("late.example", in(LONG))).hasSize(1);
    }

    @Test
    void a_resolver_that_breaks_is_a_failure_to_look_up() {
        Lookup lookup = new Lookup(host -> {
            throw new SecurityException("not allowed");
        });
        assertThatThrownBy(() -> lookup.addresses("some.example", in(LONG)))
                .isInstanceOf(UnknownHostException.class)
                .hasRootCauseMessage("not allowed");
    }

    @Test
    void a_resolver_that_never_answers_is_left_behind_at_the_deadline() {
        CountDownLatch never = new CountDownLatch(1);
        Lookup lookup = new Lookup(host -> unanswered(never));
        assertThatThrownBy(() -> lookup.addresses("silent.example", in(Duration.ofMillis(50))))
                .isInstanceOf(SocketTimeoutException.class)
                .hasMessageContaining("silent.example");
        never.countDown();
    }

    @Test
    void an_interrupt_ends_the_wait_for_it() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch asked = new CountDownLatch(1);
        Lookup lookup = new Lookup(host -> {
            asked.countDown();
            return unanswered(never);
        });
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();
        Thread asking = new Thread(() -> {
            try {
                lookup.addresses("silent.example", in(LONG));
            } catch (Throwable e) {
                thrown.complete(e);
            }
        });
        asking.start();
        asked.await();
        asking.interrupt();
        assertThat(thrown.get(30, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
        never.countDown();
    }

    private static InetAddress[] unanswered(CountDownLatch never) throws UnknownHostException {
        try {
            never.await();
        } catch (InterruptedException e) {
            throw new UnknownHostException("interrupted");
        }
        return new InetAddress[] {InetAddress.getLoopbackAddress()};
    }
}
