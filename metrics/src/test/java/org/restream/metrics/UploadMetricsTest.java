package org.restream.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.restream.ClientOptions;
import org.restream.Restream;
import org.restream.RestreamServer;
import org.restream.files.FileSender;
import org.restream.files.FolderStore;
import org.restream.files.UploadReceiver;
import org.restream.files.UploadStore;

/** Counts the uploads of a sender, and the exchanges of its clients. */
class UploadMetricsTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @Test
    void uploads_of_a_sender_are_counted(@TempDir Path folder) throws Exception {
        Path file = Files.write(folder.resolve("file"), new byte[10_000]);
        Path stored = Files.createDirectory(folder.resolve("stored"));
        try (UploadStore store = FolderStore.at(stored).open();
                UploadReceiver receiver = new UploadReceiver(store);
                RestreamServer server = Restream.createServer(receiver).listen(0)) {
            FileSender sender = FileSender.to(ClientOptions.defaults()
                            .servers("127.0.0.1:" + server.address().getPort())
                            .listener(RestreamMetrics.client(registry)))
                    .stateFolder(folder.resolve("state"))
                    .listener(RestreamMetrics.uploads(registry));
            sender.send(file);
            sender.send(file);
        }
        assertThat(registry.get("restream.uploads.accepted").counter().count()).isBetween(1.0, 2.0);
        assertThat(registry.get("restream.client.exchanges").counter().count()).isEqualTo(2);
        assertThat(registry.get("restream.client.exchanges.active").gauge().value())
                .isZero();
    }
}
