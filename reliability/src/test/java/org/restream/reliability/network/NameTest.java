package org.restream.reliability.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.Security;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.restream.ClientEvent;
import org.restream.ClientOptions;
import org.restream.Reconnect;
import org.restream.Restream;
import org.restream.RestreamServer;
import org.restream.ServerAddress;
import org.restream.reliability.Figures;
import org.restream.testing.FullBacklog;
import org.restream.testing.JavaProcess;

/** A client that connects to a name, in a JVM that looks names up in a file and caches nothing. */
class NameTest {
    private static final String NAME = "server.example";

    @TempDir
    private Path folder;

    private Path hosts;
    private RestreamServer server;

    /** Prints its events. */
    static final class Client {
        public static void main(String[] arguments) {
            Security.setProperty("networkaddress.cache.ttl", "0");
            Security.setProperty("networkaddress.cache.negative.ttl", "0");
            long[] began = {0};
            ClientOptions options = ClientOptions.defaults()
                    .servers(NAME + ":" + arguments[0])
                    .reconnect(Reconnect.valueOf(arguments[1]))
                    .retryDelay(Duration.ofMillis(50))
                    .listener(event -> {
                        if (event instanceof ClientEvent.Connecting) {
                            began[0] = System.nanoTime();
                        } else if (event instanceof ClientEvent.Connected) {
                            System.out.println("Connected " + (System.nanoTime() - began[0]) / 1_000_000);
                        } else if (event instanceof ClientEvent.Failed failed) {
                            System.out.println("Failed " + failed.cause().getMessage());
                        } else if (event instanceof ClientEvent.Completed) {
                            System.out.println("Completed");
                        }
                    });
            Restream.createClient(options, (req, res) -> req.end("hello"));
        }
    }

    @BeforeEach
    void listen() throws IOException {
        hosts = folder.resolve("hosts");
        server = Restream.createServer((req, res) -> req.transferTo(res));
    }

    @AfterEach
    void close() {
        server.close(Duration.ZERO);
    }

    private JavaProcess client(int port, Reconnect reconnect) throws IOException {
        return JavaProcess.start(List.of("-Djdk.net.hosts.file=" + hosts), Client.class, port, reconnect);
    }

    /** Replaces the addresses in the file, atomically. */
    private void resolve(String... addresses) throws IOException {
        StringBuilder text = new StringBuilder();
        for (String address : addresses) {
            text.append(address).append(' ').append(NAME).append('\n');
        }
        Path next = Files.writeString(folder.resolve("next"), text);
        Files.move(next, hosts, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private static String next(JavaProcess client, String begin) throws IOException {
        String line = client.line();
        while (line != null && !line.startsWith(begin)) {
            line = client.line();
        }
        assertThat(line).as("a line that begins with " + begin).isNotNull();
        return line;
    }

    private static long connectedAfter(JavaProcess client) throws IOException {
        return Long.parseLong(next(client, "Connected").split(" ")[1]);
    }

    @Test
    void that_stops_resolving_and_comes_back() throws Exception {
        server.listen(0);
        resolve("127.0.0.1");
        try (JavaProcess client = client(server.address().getPort(), Reconnect.ALWAYS)) {
            next(client, "Completed");
            resolve();
            assertThat(next(client, "Failed"))
                    .contains("can't connect to " + NAME)
                    .contains("unknown host \"" + NAME + '"');
            next(client, "Failed");
            resolve("127.0.0.1");
            next(client, "Completed");
        }
    }

    @Test
    void whose_first_address_does_not_answer() throws Exception {
        try (FullBacklog dead = new FullBacklog()) {
            int port = ServerAddress.parse(dead.address()).port();
            server.listen("127.0.0.2", port);
            resolve("127.0.0.1", "127.0.0.2");
            try (JavaProcess client = client(port, Reconnect.UNTIL_COMPLETE)) {
                long millis = connectedAfter(client);
                assertThat(millis).isBetween(250L, 5_000L);
                Figures.record("dead-address", "connected to the second address after %d ms".formatted(millis));
                next(client, "Completed");
            }
        }
    }

    @Test
    void whose_first_address_refuses() throws Exception {
        server.listen("127.0.0.2", 0);
        resolve("127.0.0.1", "127.0.0.2");
        try (JavaProcess client = client(server.address().getPort(), Reconnect.UNTIL_COMPLETE)) {
            next(client, "Connected");
            assertThat(next(client, "Completed")).isEqualTo("Completed");
        }
    }

    @Test
    void that_moves_to_another_address() throws Exception {
        server.listen("127.0.0.2", 0);
        resolve("127.0.0.1");
        try (JavaProcess client = client(server.address().getPort(), Reconnect.UNTIL_COMPLETE)) {
            assertThat(next(client, "Failed")).contains("Connection refused");
            resolve("127.0.0.2");
            next(client, "Completed");
        }
    }
}
