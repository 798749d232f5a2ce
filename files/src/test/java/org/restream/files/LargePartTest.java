package org.restream.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.restream.Header;

/** Much is there already, and nobody waits until it has been read again. */
class LargePartTest {
    private static final long THERE = 10L << 30;

    @TempDir
    Path temp;

    @Test
    void the_first_new_byte_is_stored_within_a_second() throws Exception {
        String id = UploadId.random();
        try (Receiving server = Receiving.start(temp)) {
            server.store().locks();
            Path part = server.store().part(id);
            try (RandomAccessFile sparse = new RandomAccessFile(part.toFile(), "rw")) {
                sparse.setLength(THERE);
            }
            UploadStore.Request request = new UploadStore.Request(id, Header.of(), THERE + 100, null);
            server.store()
                    .write(id, UploadRecord.begin(request, "x", Instant.now()).with(THERE, Instant.now()));
            long began = System.nanoTime();
            try (RawUpload raw = new RawUpload(server.address())) {
                raw.say("{\"size\":" + (THERE + 100) + ",\"upload\":{\"id\":\"" + id + "\"}}\n\n");
                assertThat(raw.header()).isEqualTo("{\"upload\":{\"have\":" + THERE + "}}");
                raw.say("hello");
                await().pollInterval(Duration.ofMillis(5))
                        .until(() -> part.toFile().length() == THERE + 5);
                assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(1));
            }
        }
    }
}
