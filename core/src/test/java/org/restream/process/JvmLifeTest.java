package org.restream.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.restream.ClientEvent;
import org.restream.ClientOptions;
import org.restream.Restream;
import org.restream.RestreamServer;
import org.restream.testing.JavaProcess;
import org.restream.testing.Raw;
import org.restream.testing.ReservedPort;

/** Which programs keep the JVM alive after their {@code main}. */
class JvmLifeTest {
    static final class ServerOnly {
        public static void main(String[] arguments) throws Exception {
            RestreamServer server =
                    Restream.createServer((req, res) -> res.write("alive")).listen(0);
            System.out.println(server.address().getPort());
        }
    }

    static final class WaitingClient {
        public static void main(String[] arguments) {
            ClientOptions options = ClientOptions.defaults()
                    .servers("127.0.0.1:" + arguments[0])
                    .retryDelay(Duration.ofMillis(100))
                    .listener(event -> {
                        if (event instanceof ClientEvent.Waiting) {
                            System.out.println("waiting");
                        }
                    });
            Restream.createClient(options, (req, res) -> System.out.println(res.readText()));
        }
    }

    static final class Pair {
        public static void main(String[] arguments) throws Exception {
            RestreamServer server =
                    Restream.createServer((req, res) -> req.transferTo(res)).listen(0);
            ClientOptions options = ClientOptions.defaults()
                    .servers("127.0.0.1:" + server.address().getPort());
            Restream.createClient(options, (req, res) -> {
                        req.end("done");
                        System.out.println(res.readText());
                    })
                    .completion()
                    .join();
            server.close();
        }
    }

    static final class GivingUp {
        public static void main(String[] arguments) {
            Restream.createClient(ClientOptions.defaults()
                    .servers("127.0.0.1:" + arguments[0])
                    .retryDelay(Duration.ofMillis(1))
                    .maxFailures(3));
        }
    }

    static final class NeverListening {
        public static void main(String[] arguments) {
            Restream.createServer();
        }
    }

    static final class ClosedClient {
        public static void main(String[] arguments) {
            Restream.createClient(ClientOptions.defaults().servers("127.0.0.1:" + arguments[0]))
                    .close();
        }
    }

    @Test
    void a_main_that_only_creates_a_server_stays_and_serves() throws Exception {
        try (JavaProcess process = JavaProcess.start(ServerOnly.class)) {
            int port = Integer.parseInt(process.line());
            for (int i = 0; i < 3; i++) {
                try (Raw raw = new Raw(new InetSocketAddress("127.0.0.1", port))) {
                    assertThat(raw.end().hear()).isEqualTo("{}\n\nalive");
                }
            }
            assertThat(process.isAlive()).isTrue();
        }
    }

    @Test
    void a_client_that_waits_for_its_server_stays_and_ends_when_it_is_done() throws Exception {
        try (ReservedPort port = new ReservedPort();
                JavaProcess process = JavaProcess.start(WaitingClient.class, port.number())) {
            assertThat(process.line()).isEqualTo("waiting");
            assertThat(process.line()).isEqualTo("waiting");
            try (RestreamServer server =
                    Restream.createServer((req, res) -> res.write("here")).listen(port.number())) {
                String line = process.line();
                while (line.equals("waiting")) {
                    line = process.line();
                }
                assertThat(line).isEqualTo("here");
                assertThat(process.exitCode()).isZero();
            }
        }
    }

    @Test
    void a_pair_that_is_done_ends() throws Exception {
        try (JavaProcess process = JavaProcess.start(Pair.class)) {
            assertThat(process.line()).isEqualTo("done");
            assertThat(process.line()).isNull();
            assertThat(process.exitCode()).isZero();
        }
    }

    @Test
    void what_gave_up_or_was_closed_or_never_listened_keeps_nothing_alive() throws Exception {
        try (ReservedPort nobody = new ReservedPort();
                JavaProcess one = JavaProcess.start(GivingUp.class, nobody.number());
                JavaProcess two = JavaProcess.start(ClosedClient.class, nobody.number());
                JavaProcess three = JavaProcess.start(NeverListening.class)) {
            assertThat(one.exitCode()).isZero();
            assertThat(two.exitCode()).isZero();
            assertThat(three.exitCode()).isZero();
        }
    }
}
