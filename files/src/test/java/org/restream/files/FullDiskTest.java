package org.restream.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that fills up in the middle of an upload. */
class FullDiskTest {
    private static final String HEADER =
            "{\"name\":\"x\",\"size\":6,\"upload\":{\"id\":\"kq0n3mZtT8u1cQ5Zb0yJxg\"}}\n\n";

    @TempDir
    Path temp;

    @Test
    void what_is_there_stays_and_the_client_is_told_when_to_come_again() throws Exception {
        FaultyDisk disk = new FaultyDisk(Integer.MAX_VALUE);
        try (Receiving server = Receiving.start(temp, store -> store.disk(disk))) {
            try (RawUpload raw = new RawUpload(server.address())) {
                raw.say(HEADER);
                assertThat(raw.header()).isEqualTo("{\"upload\":{\"have\":0}}");
                raw.say("abc");
                await().until(() -> server.parts().get(0).toFile().length() == 3);
                disk.fill(new IOException("No space left on device"));
                raw.say("def");
                raw.end();
                assertThat(raw.rest())
                        .isEqualTo("{\"refused\":{\"reason\":\"it can't be stored now: No space left on device\","
                                + "\"retryMs\":60000}}");
            }
            disk.fill(null);
            try (RawUpload raw = new RawUpload(server.address())) {
                raw.say(HEADER);
                assertThat(raw.header()).isEqualTo("{\"upload\":{\"have\":3}}");
                raw.say("def");
                raw.end();
                assertThat(raw.rest()).contains("bef57ec7f53a6d40beb640a780a639c83bc29ac8a9816f1fc6c5c6dcd93c4721");
            }
            assertThat(server.folder().resolve("x")).hasContent("abcdef");
        }
    }
}
