package org.restream.examples;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.restream.ClientOptions;
import org.restream.Header;
import org.restream.Restream;
import org.restream.RestreamServer;
import org.restream.ServerEvent;
import org.restream.ServerOptions;

class FilesTest {
    @TempDir
    private Path there;

    @TempDir
    private Path here;

    private final BlockingQueue<ServerEvent> ends = new LinkedBlockingQueue<>();
    private RestreamServer server;

    @BeforeEach
    void listen() throws IOException {
        ServerOptions options = ServerOptions.defaults().port(0).listener(event -> {
            if (event instanceof ServerEvent.Completed || event instanceof ServerEvent.Failed) {
                ends.add(event);
            }
        });
        server = ReceiveFiles.serve(there, options);
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void a_file_arrives_whole_and_its_size_is_told() throws Exception {
        byte[] bytes = new byte[3_000_000];
        new SplittableRandom(7).nextBytes(bytes);
        Path file = Files.write(here.resolve("three million.bin"), bytes);

        String printed = Printed.by(() -> SendFile.main(file.toString(), address()));

        assertThat(printed).isEqualTo("three million.bin: {\"size\":3000000}\n");
        assertThat(there.resolve("three million.bin")).hasBinaryContent(bytes);
        assertThat(files()).containsExactly("three million.bin");
    }

    @Test
    void an_empty_file_is_a_file() throws Exception {
        Path file = Files.createFile(here.resolve("empty"));

        assertThat(Printed.by(() -> SendFile.main(file.toString(), address()))).isEqualTo("empty: {\"size\":0}\n");
        assertThat(there.resolve("empty")).isEmptyFile();
    }

    @Test
    void a_cut_body_leaves_nothing() throws Exception {
        Restream.createClient(options(), (req, res) -> {
            req.header("name", "half").header("size", 10).write("only h");
            req.flush();
            req.abort();
        });

        assertThat(ends.poll(30, SECONDS)).isInstanceOf(ServerEvent.Failed.class);
        assertThat(files()).isEmpty();
    }

    @Test
    void a_foreign_sender_that_dies_leaves_nothing_though_its_end_looks_clean() throws Exception {
        try (Socket socket = new Socket()) {
            socket.connect(server.address());
            socket.getOutputStream()
                    .write("{\"name\":\"half\",\"size\":10}\n\nonly h".getBytes(StandardCharsets.UTF_8));
        }

        assertThat(ends.poll(30, SECONDS))
                .isInstanceOf(ServerEvent.Failed.class)
                .asString()
                .contains("10 bytes");
        assertThat(files()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"../up", "/etc/x", "..", ".", "", ".hidden", "a/b", "a\\b", "a\0b"})
    void a_name_that_leads_elsewhere_is_refused(String name) throws Exception {
        StringBuffer answer = new StringBuffer();
        Restream.createClient(options(), (req, res) -> {
                    req.header("name", name).header("size", 1).end("x");
                    answer.append(res.header());
                })
                .completion()
                .get(30, SECONDS);

        assertThat(answer.toString())
                .isEqualTo(Header.of("refused", "this is not a file name").toString());
        assertThat(files()).isEmpty();
    }

    private ClientOptions options() {
        return ClientOptions.defaults().servers(address());
    }

    private String address() {
        InetSocketAddress address = server.address();
        return "127.0.0.1:" + address.getPort();
    }

    private Stream<String> files() throws IOException {
        try (Stream<Path> files = Files.list(there)) {
            return files.map(file -> file.getFileName().toString()).toList().stream();
        }
    }
}
