package org.restream.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.restream.ClientOptions;
import org.restream.Restream;
import org.restream.RestreamServer;
import org.restream.files.FileSender;
import org.restream.files.FolderStore;
import org.restream.files.UploadReceiver;
import org.restream.files.UploadResult;

/** Runs the code of the chapter on uploads in docs/guide.md. */
class UploadsGuideTest {
    @Test
    void a_file_is_uploaded(@TempDir Path temp) throws Exception {
        Path folder = Files.createDirectory(temp.resolve("in"));
        Path state = temp.resolve("state");
        Path file = Files.writeString(temp.resolve("orders.sql"), "select 1;\n");
        FolderStore store = FolderStore.at(folder).keep(Duration.ofHours(48)).open();
        UploadReceiver uploads = new UploadReceiver(store);
        RestreamServer server = Restream.createServer((req, res) -> {
            if (UploadReceiver.isUpload(req.header())) {
                uploads.handle(req, res);
            } else {
                res.end("no upload");
            }
        });
        server.listen(0);
        ClientOptions options =
                ClientOptions.defaults().servers("127.0.0.1:" + server.address().getPort());

        String printed = Printed.by(() -> {
            UploadResult result = FileSender.to(options)
                    .stateFolder(state) // without it: ~/.local/state/restream/uploads
                    .send(file);
            System.out.println(result.name() + ", " + result.size() + " bytes");
        });

        assertThat(printed).isEqualTo("orders.sql, 10 bytes\n");
        assertThat(folder.resolve("orders.sql")).hasSameTextualContentAs(file);
        server.close();
        uploads.close();
        store.close();
    }
}
