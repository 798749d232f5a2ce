package org.restream.reliability.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.restream.reliability.Scale;
import org.restream.reliability.network.TwoHosts;
import org.restream.testing.JavaProcess;

/**
 * Sessions between two hosts whose network or processes fail in the middle of two exchanges: every byte arrives once, each
 * handler is called once, and none sees an exception.
 */
class SessionNetworksTest {
    private static final long LENGTH = Scale.of(4, 200) * 1_048_576L / NetworkPeers.EXCHANGES;
    /** Longer than two and a half beats of 10 s. */
    private static final Duration DEAD = Duration.ofSeconds(27);

    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** What happens in the middle. */
    private interface Fault {
        void happen(TwoHosts hosts, JavaProcess client, JavaProcess server) throws Exception;
    }

    /** How often the client's session was away. */
    private static int survive(Fault before, Fault middle) throws Exception {
        try (TwoHosts hosts = new TwoHosts();
                JavaProcess server = hosts.far(NetworkPeers.Server.class, LENGTH)) {
            String port = server.line();
            String address = TwoHosts.FAR_ADDRESS + ":" + port;
            before.happen(hosts, server, server);
            try (JavaProcess client = hosts.near(NetworkPeers.Client.class, address, LENGTH)) {
                assertThat(client.line()).isEqualTo("middle");
                middle.happen(hosts, client, server);
                Set<String> atClient = new TreeSet<>();
                String line = client.line();
                while (line.equals("middle")) {
                    line = client.line();
                }
                for (; line.contains("called"); line = client.line()) {
                    atClient.add(line);
                }
                Set<String> atServer = new TreeSet<>();
                for (int i = 0; i < NetworkPeers.EXCHANGES; i++) {
                    atServer.add(server.line());
                }
                assertThat(atClient)
                        .hasSize(NetworkPeers.EXCHANGES)
                        .allMatch(each -> each.contains(" called 1 "))
                        .isEqualTo(atServer);
                return Integer.parseInt(line);
            }
        }
    }

    private static void park(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private static void nothing(TwoHosts hosts, JavaProcess client, JavaProcess server) {}

    @Test
    void a_short_silence_is_no_loss() throws Exception {
        int away = survive(SessionNetworksTest::nothing, (hosts, client, server) -> {
            hosts.vanish();
            park(Duration.ofMillis(500));
            hosts.comeBack();
        });
        assertThat(away).isZero();
    }

    @ParameterizedTest
    @CsvSource({"20, 0.1", "20, 1", "100, 0.1", "100, 1"})
    void far_away_and_with_packets_lost(int delayMs, double lossPercent) throws Exception {
        assumeTrue(Scale.isFull() || delayMs == 20, "takes long: with -Dfull");
        survive((hosts, client, server) -> hosts.impair(delayMs, lossPercent), SessionNetworksTest::nothing);
    }

    @Test
    void the_clients_host_gets_another_address() throws Exception {
        assumeTrue(Scale.isFull(), "takes two and a half beats: with -Dfull");
        int away = survive(SessionNetworksTest::nothing, (hosts, client, server) -> hosts.move());
        assertThat(away).isPositive();
    }

    @Test
    void a_nat_gives_the_connection_another_port() throws Exception {
        int away = survive((hosts, client, server) -> hosts.nat(), (hosts, client, server) -> hosts.rebind(false));
        assertThat(away).isPositive();
    }

    @Test
    void a_nat_forgets_the_connection_and_drops_its_packets() throws Exception {
        assumeTrue(Scale.isFull(), "takes two and a half beats: with -Dfull");
        int away = survive((hosts, client, server) -> hosts.nat(), (hosts, client, server) -> hosts.rebind(true));
        assertThat(away).isPositive();
    }

    @Test
    void a_network_that_works_in_one_direction_only() throws Exception {
        assumeTrue(Scale.isFull(), "takes more than two and a half beats: with -Dfull");
        int away = survive(SessionNetworksTest::nothing, (hosts, client, server) -> {
            hosts.deafen();
            park(DEAD);
            hosts.hearAgain();
        });
        assertThat(away).isPositive();
    }

    @Test
    void the_clients_process_is_stopped_for_a_minute() throws Exception {
        assumeTrue(Scale.isFull(), "takes a minute: with -Dfull");
        survive(SessionNetworksTest::nothing, (hosts, client, server) -> {
            client.signal("STOP");
            park(MINUTE);
            client.signal("CONT");
        });
    }

    @Test
    void the_servers_process_is_stopped_for_a_minute() throws Exception {
        assumeTrue(Scale.isFull(), "takes a minute: with -Dfull");
        int away = survive(SessionNetworksTest::nothing, (hosts, client, server) -> {
            server.signal("STOP");
            park(MINUTE);
            server.signal("CONT");
        });
        assertThat(away).isPositive();
    }
}
