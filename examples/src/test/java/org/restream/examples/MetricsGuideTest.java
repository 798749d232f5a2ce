package org.restream.examples;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.restream.ClientOptions;
import org.restream.Listener;
import org.restream.Restream;
import org.restream.RestreamServer;
import org.restream.RestreamSession;
import org.restream.ServerEvent;
import org.restream.ServerOptions;
import org.restream.SessionLimits;
import org.restream.files.FileSender;
import org.restream.files.FolderStore;
import org.restream.files.UploadReceiver;
import org.restream.files.UploadStore;
import org.restream.metrics.RestreamMetrics;

/** Runs the code of docs/metrics.md. */
class MetricsGuideTest {
    private final MeterRegistry registry = new SimpleMeterRegistry();

    private double count(String name) {
        return registry.get(name).counter().count();
    }

    @Test
    void a_server_a_client_a_session_and_a_file(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "content");
        Path stored = Files.createDirectory(folder.resolve("stored"));

        ServerOptions options = ServerOptions.defaults()
                .port(0)
                .listener(RestreamMetrics.server(registry).forwardTo(event -> System.out.println(event)));

        ServerOptions withSessions = options.sessions(SessionLimits.defaults());
        try (UploadStore store = FolderStore.at(stored).open();
                UploadReceiver receiver = new UploadReceiver(store);
                RestreamServer server = Restream.createServer(withSessions, (req, res) -> {
                            if (UploadReceiver.isUpload(req.header())) {
                                receiver.handle(req, res);
                            } else {
                                res.end(req.readText());
                            }
                        })
                        .listen()) {
            String where = "127.0.0.1:" + server.address().getPort();
            ClientOptions clients = ClientOptions.defaults().servers(where).listener(RestreamMetrics.client(registry));
            ClientOptions sessions =
                    ClientOptions.defaults().servers(where).listener(RestreamMetrics.session(registry));
            FileSender files = FileSender.to(clients).listener(RestreamMetrics.uploads(registry));

            Restream.createClient(clients, (req, res) -> req.end("hello"))
                    .completion()
                    .get(30, SECONDS);
            try (RestreamSession session = Restream.createSession(sessions)) {
                String answer = session.exchange((req, res) -> {
                    req.end("hello");
                    return res.readText();
                });
                assertThat(answer).isEqualTo("hello");
            }
            files.stateFolder(folder.resolve("state")).send(file);
        }
        assertThat(count("restream.client.exchanges")).isEqualTo(2);
        assertThat(count("restream.session.exchanges")).isEqualTo(1);
        assertThat(count("restream.uploads.accepted")).isEqualTo(1);
        assertThat(count("restream.server.exchanges")).isEqualTo(3);
    }

    @Test
    void tags_tell_servers_from_one_another() throws Exception {
        Listener<ServerEvent> backups = RestreamMetrics.server(registry, Tags.of("server", "backups"));
        backups.accept(new ServerEvent.Accepted(new InetSocketAddress(1)));
        assertThat(registry.get("restream.server.connections")
                        .tag("server", "backups")
                        .counter()
                        .count())
                .isEqualTo(1);
    }
}
