package org.restream.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectionsByAddressTest {
    private static InetAddress address(String literal) throws Exception {
        return InetAddress.getByName(literal);
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1, true",
        "192.0.2.1, 192.0.2.2, false",
        "192.0.2.1, ::ffff:192.0.2.1, true",
        "2001:db8:1:2::1, 2001:db8:1:2:ffff::9, true",
        "2001:db8:1:2::1, 2001:db8:1:3::1, false",
        "fe80::1, fe80::2, false",
        "fe80::1, fe80::1, true",
        "::1, ::1, true",
        "::1, 0.0.0.1, false",
    })
    void these_count_as_one_address(String first, String second, boolean one) throws Exception {
        ConnectionsByAddress connections = new ConnectionsByAddress(1);
        assertThat(connections.enter(address(first))).isTrue();
        assertThat(connections.enter(address(second))).isEqualTo(!one);
    }

    @Test
    void what_leaves_makes_room_and_nothing_is_kept() throws Exception {
        ConnectionsByAddress connections = new ConnectionsByAddress(2);
        assertThat(connections.enter(address("::1"))).isTrue();
        assertThat(connections.enter(address("::1"))).isTrue();
        assertThat(connections.enter(address("::1"))).isFalse();
        connections.leave(address("::1"));
        assertThat(connections.enter(address("::1"))).isTrue();
        connections.leave(address("::1"));
        connections.leave(address("::1"));
        assertThat(connections.size()).isZero();
    }

    @Test
    void without_a_limit_nothing_is_counted() throws Exception {
        ConnectionsByAddress connections = new ConnectionsByAddress(0);
        for (int i = 0; i < 1_000; i++) {
            assertThat(connections.enter(address("::1"))).isTrue();
        }
        assertThat(connections.size()).isZero();
    }

    @Test
    void many_threads_never_have_more_than_the_limit_and_leave_nothing() throws Exception {
        ConnectionsByAddress connections = new ConnectionsByAddress(3);
        InetAddress address = address("192.0.2.1");
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            Thread thread = new Thread(() -> {
                for (int n = 0; n < 10_000; n++) {
                    if (connections.enter(address)) {
                        most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                        inside.decrementAndGet();
                        connections.leave(address);
                    }
                }
            });
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(most.get()).isBetween(1, 3);
        assertThat(connections.size()).isZero();
    }
}
