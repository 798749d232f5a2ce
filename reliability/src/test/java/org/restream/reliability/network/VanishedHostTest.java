package org.restream.reliability.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.restream.ClientEvent;
import org.restream.ClientOptions;
import org.restream.Outgoing;
import org.restream.Restream;
import org.restream.RestreamServer;
import org.restream.reliability.Figures;
import org.restream.reliability.Scale;
import org.restream.testing.JavaProcess;

/** The server's machine vanishes from the network and comes back: measures when the client notices. */
class VanishedHostTest {
    private static final Duration IDLE = Duration.ofMillis(500);

    /** An echo server on the far host. */
    static final class Server {
        public static void main(String[] arguments) throws IOException {
            RestreamServer server =
                    Restream.createServer((req, res) -> req.transferTo(res)).listen("0.0.0.0", 0);
            System.out.println(server.address().getPort());
        }
    }

    /** A client inside an exchange, waiting or writing, until that is lost; then it makes a short one. */
    static final class Client {
        public static void main(String[] arguments) {
            boolean[] lost = {false};
            ClientOptions options = ClientOptions.defaults()
                    .servers(TwoHosts.FAR_ADDRESS + ":" + arguments[0])
                    .idleTimeout(Duration.parse(arguments[2]))
                    .connectTimeout(Duration.ofSeconds(1))
                    .retryDelay(Duration.ofMillis(100))
                    .resetTimeout(1)
                    .listener(event -> {
                        if (event instanceof ClientEvent.Lost loss) {
                            lost[0] = true;
                            System.out.println("Lost " + loss.cause().getMessage());
                        } else if (event instanceof ClientEvent.Completed) {
                            System.out.println("Completed");
                        }
                    });
            Restream.createClient(options, (req, res) -> {
                res.onData(data -> {});
                req.write("hello");
                req.flush();
                if (lost[0]) {
                    req.end();
                    return;
                }
                res.onHeader(header -> System.out.println("ready"));
                if (arguments[1].equals("writing")) {
                    writeOn(req);
                }
            });
        }

        private static void writeOn(Outgoing req) throws IOException {
            byte[] piece = new byte[1_024];
            while (true) {
                req.write(piece);
            }
        }
    }

    /** How many seconds after the machine vanished the client noticed it. */
    private static double found(String doing, Duration idleTimeout, int retries, String cause) throws Exception {
        try (TwoHosts hosts = new TwoHosts();
                JavaProcess server = hosts.far(Server.class)) {
            hosts.retries(retries);
            String port = server.line();
            try (JavaProcess client = hosts.near(Client.class, port, doing, idleTimeout)) {
                assertThat(client.line()).isEqualTo("ready");
                hosts.vanish();
                long vanished = System.nanoTime();
                assertThat(client.line()).startsWith("Lost ").containsPattern(cause);
                double seconds = (System.nanoTime() - vanished) / 1e9;
                hosts.comeBack();
                assertThat(client.line()).isEqualTo("Completed");
                return seconds;
            }
        }
    }

    private static final int DEFAULT_RETRIES = 15;

    @Test
    void with_nothing_under_way_it_is_found_by_idleTimeout() throws Exception {
        double seconds = found("waiting", IDLE, DEFAULT_RETRIES, "idleTimeout");
        assertThat(seconds).isLessThan(10);
        Figures.record("vanished-waiting-idle", "%.1f s with an `idleTimeout` of 0.5 s".formatted(seconds));
    }

    @Test
    void while_data_is_under_way_it_is_found_by_idleTimeout() throws Exception {
        double seconds = found("writing", IDLE, DEFAULT_RETRIES, "idleTimeout");
        assertThat(seconds).isLessThan(10);
        Figures.record("vanished-writing-idle", "%.1f s with an `idleTimeout` of 0.5 s".formatted(seconds));
    }

    @Test
    void with_nothing_under_way_it_is_found_by_keepalive_at_the_defaults() throws Exception {
        assumeTrue(Scale.isFull(), "takes a minute: with -Dfull");
        double seconds = found("waiting", Duration.ZERO, DEFAULT_RETRIES, "timed out|No route to host");
        assertThat(seconds).isBetween(30.0, 90.0);
        Figures.record("vanished-waiting-default", "%.0f s at the defaults, by keepalive".formatted(seconds));
    }

    @Test
    void while_data_is_under_way_it_is_found_when_the_system_gives_up() throws Exception {
        assumeTrue(Scale.isFull(), "takes a quarter of a minute: with -Dfull");
        double seconds = found("writing", Duration.ZERO, 5, "timed out|No route to host");
        Figures.record(
                "vanished-writing-default",
                "%.0f s without, where `net.ipv4.tcp_retries2` is 5 (the system's default, 15, makes that a quarter of an hour, which is not waited for)"
                        .formatted(seconds));
    }
}
