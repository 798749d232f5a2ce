package org.restream.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.restream.Restream;
import org.restream.RestreamServer;

/** Whatever a store can't do once the body has ended, the client is told, and when to come again. */
class DiskTroubleTest {
    /** Three bytes are there, and three come. */
    private static final class Trouble implements UploadStore, UploadStore.Part {
        private final String what;
        /** The bytes that are there are not read before the body has ended: until then they are to be made durable. */
        private final CountDownLatch synced = new CountDownLatch(1);

        Trouble(String what) {
            this.what = what;
        }

        private void step(String step) throws IOException {
            if (step.equals(what)) {
                throw new IOException("no " + step);
            }
        }

        @Override
        public UploadStore.Part open(Request request) {
            return this;
        }

        @Override
        public void clean() {}

        @Override
        public Optional<UploadResult> result() {
            return Optional.empty();
        }

        @Override
        public long have() {
            return 3;
        }

        @Override
        public void write(ByteBuffer bytes) {
            bytes.position(bytes.limit());
        }

        @Override
        public boolean sync() throws IOException {
            synced.countDown();
            step("sync");
            return true;
        }

        @Override
        public InputStream read(long from) throws IOException {
            try {
                synced.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            step("read");
            return new ByteArrayInputStream("abcdef".getBytes(UTF_8));
        }

        @Override
        public Optional<UploadResult> finish(String sha256) throws IOException {
            step("finish");
            return Optional.of(new UploadResult("x", 6, sha256));
        }

        @Override
        public void discard() throws IOException {
            step("discard");
        }

        @Override
        public void close() {}
    }

    private static String answer(String trouble, String fields) throws Exception {
        try (UploadReceiver receiver = new UploadReceiver(new Trouble(trouble));
                RestreamServer server = Restream.createServer(receiver).listen(0);
                RawUpload raw = new RawUpload(server.address())) {
            raw.say("{" + fields + "\"upload\":{\"id\":\"kq0n3mZtT8u1cQ5Zb0yJxg\"}}\n\n");
            assertThat(raw.header()).isEqualTo("{\"upload\":{\"have\":3}}");
            raw.say("def");
            raw.end();
            String rest = raw.rest();
            server.close(Duration.ZERO);
            return rest;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sync", "read", "finish"})
    void at_the_end_of_a_body(String trouble) throws Exception {
        assertThat(answer(trouble, ""))
                .startsWith("{\"refused\":{\"reason\":\"it can't be stored now: ")
                .endsWith("no " + trouble + "\",\"retryMs\":60000}}");
    }

    @Test
    void after_a_body_that_is_not_what_the_header_says() throws Exception {
        assertThat(answer("discard", "\"sha256\":\"" + "0".repeat(64) + "\","))
                .isEqualTo("{\"refused\":{\"reason\":\"it can't be stored now: no discard\",\"retryMs\":60000}}");
    }

    @Test
    void none_of_it_stores_the_body() throws Exception {
        assertThat(answer("nothing", "")).contains("bef57ec7f53a6d40beb640a780a639c83bc29ac8a9816f1fc6c5c6dcd93c4721");
    }
}
