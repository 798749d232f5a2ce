package org.restream.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.restream.ClientAuth;
import org.restream.RefusedException;
import org.restream.Restream;
import org.restream.ServerOptions;
import org.restream.testing.TestCa;

/** Where clients have certificates, an upload is its client's alone. */
class OwnerTest {
    private static final TestCa CA = new TestCa();
    private static final SSLContext SERVER = CA.context(CA.issue("127.0.0.1"));

    @TempDir
    Path temp;

    /** Begins an upload, sends a part of it, and tells what the server has said of what it has. */
    private static String begin(Receiving server, SSLContext tls, String id) throws Exception {
        StringBuilder said = new StringBuilder();
        Restream.createClient(Receiving.options(server.server()).tls(tls), (req, res) -> {
                    req.header("size", 3)
                            .header("upload", java.util.Map.of("id", id))
                            .flush();
                    said.append(res.header());
                    req.end("a");
                    res.readText();
                })
                .completion()
                .get();
        return said.toString();
    }

    @Test
    void only_who_has_the_key_goes_on() throws Exception {
        TestCa.Identity mine = CA.issue("alice");
        TestCa.Identity another = CA.issue("mallory");
        String id = UploadId.random();
        ServerOptions options = ServerOptions.defaults().tls(SERVER).clientAuth(ClientAuth.NEED);
        try (Receiving server = Receiving.start(temp, store -> store, options, 0)) {
            assertThat(begin(server, CA.context(mine), id)).isEqualTo("{\"upload\":{\"have\":0}}");
            assertThatThrownBy(() -> begin(server, CA.context(another), id))
                    .cause()
                    .isInstanceOf(RefusedException.class)
                    .hasMessageContaining("the upload is another client's");
            assertThat(begin(server, CA.context(mine), id)).isEqualTo("{\"upload\":{\"have\":1}}");
        }
    }

    @Test
    void a_file_arrives_by_TLS() throws Exception {
        Path file = RandomFile.of(temp.resolve("x"), 1_000_000, 1);
        try (Receiving server =
                Receiving.start(temp, store -> store, ServerOptions.defaults().tls(SERVER), 0)) {
            UploadResult result = FileSender.to(
                            Receiving.options(server.server()).tls(CA.context()))
                    .stateFolder(temp.resolve("state"))
                    .send(file);
            assertThat(result.sha256()).isEqualTo(RandomFile.sha256(file));
        }
    }
}
