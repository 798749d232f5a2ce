package org.restream.cli.listen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.restream.ClientOptions;
import org.restream.Header;
import org.restream.Restream;
import org.restream.RestreamClient;
import org.restream.cli.testing.ListenProcess;
import org.restream.cli.testing.RawPeer;

/** {@code restream listen --output} in a process of its own. */
class ListenOutputTest {
    private static final int SIZE = 200 << 20;

    @TempDir
    Path dir;

    @Test
    void the_answer_says_what_was_stored() throws Exception {
        try (ListenProcess listen = ListenProcess.start(
                        "--output", dir.toString(), "--name", "{db}-{n}.sql", "--reply-header", "by=me", "--once");
                RawPeer peer = new RawPeer(listen.address())) {
            peer.say("{\"db\":\"../orders\"}\n\nhello").end();
            Header answer = Header.parse(peer.hear().strip());
            assertThat(answer)
                    .containsExactlyEntriesOf(Header.of(
                            "by",
                            "me",
                            "name",
                            "___orders-1.sql",
                            "size",
                            5,
                            "sha256",
                            sha256("hello".getBytes(java.nio.charset.StandardCharsets.UTF_8))));
            assertThat(listen.exit()).isZero();
        }
        assertThat(files()).containsExactly("___orders-1.sql", "___orders-1.sql.json");
    }

    @Test
    void what_was_cut_or_is_too_large_leaves_nothing_and_once_waits_for_a_whole_one() throws Exception {
        try (ListenProcess listen = ListenProcess.start("--output", dir.toString(), "--max-body", "10", "--once")) {
            RawPeer cut = new RawPeer(listen.address()).say("{\"name\":\"a\"}\n\nhalf");
            Awaitility.await().until(() -> !files().isEmpty());
            cut.reset();
            assertThat(listen.line("failed")).endsWith("nothing of it is kept");
            try (RawPeer large = new RawPeer(listen.address())) {
                large.say("{\"name\":\"a\"}\n\nthis is too much").end();
                assertThat(large.hear()).contains("{\"refused\":{\"reason\":\"the body has more than 10 bytes\"}}");
                assertThat(listen.line("failed")).contains("refused: the body has more than 10 bytes");
            }
            try (RawPeer cleanlyCut = new RawPeer(listen.address())) {
                cleanlyCut.say("{\"name\":\"a\",\"size\":5}\n\nhalf").end();
                assertThat(listen.line("failed"))
                        .endsWith("the header says 5 bytes, the body has 4; nothing of it is kept");
            }
            assertThat(files()).isEmpty();
            try (RawPeer whole = new RawPeer(listen.address())) {
                assertThat(whole.say("{\"name\":\"a\"}\n\nwhole").end().hear()).contains("\"size\":5");
            }
            assertThat(listen.exit()).isZero();
        }
        assertThat(files()).containsExactly("a", "a.json");
    }

    @Test
    void killed_in_the_midst_and_started_again_the_file_is_there_once(@TempDir Path source) throws Exception {
        Path file = source.resolve("large");
        String sum = writeRandom(file);
        ListenProcess first = ListenProcess.start("--output", dir.toString());
        int port = first.address().getPort();
        CompletableFuture<Header> answer = new CompletableFuture<>();
        ClientOptions options =
                ClientOptions.defaults().servers("127.0.0.1:" + port).retryDelay(Duration.ofMillis(50));
        try (RestreamClient client = Restream.createClient(options, (req, res) -> {
            req.header("name", "large.bin").transferFrom(file);
            req.end();
            Header header = res.header();
            res.readText();
            answer.complete(header);
        })) {
            Awaitility.await().pollInterval(Duration.ofMillis(1)).until(() -> size() > SIZE / 8);
            first.close();
            assertThat(files()).singleElement().asString().startsWith(".restream-");
            try (ListenProcess second = ListenProcess.start("--output", dir.toString(), "-p", Integer.toString(port))) {
                client.completion().get(50, TimeUnit.SECONDS);
                assertThat(second.lines()).anyMatch(line -> line.matches(".* removed .restream-.* killed"));
                second.signal("TERM");
                assertThat(second.exit()).isZero();
            }
        }
        assertThat(answer.join()).isEqualTo(Header.of("name", "large.bin", "size", SIZE, "sha256", sum));
        assertThat(files()).containsExactly("large.bin", "large.bin.json");
        assertThat(sha256(dir.resolve("large.bin"))).isEqualTo(sum);
    }

    private long size() throws IOException {
        List<String> files = files();
        return files.isEmpty() ? 0 : Files.size(dir.resolve(files.get(0)));
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(dir)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    /** Writes a sparse file with a random byte in each mebibyte. */
    private static String writeRandom(Path file) throws Exception {
        Random random = new Random(1);
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            out.setLength(SIZE);
            for (int at = 0; at < SIZE; at += 1 << 20) {
                out.seek(at + random.nextInt(1 << 20));
                out.write(1 + random.nextInt(255));
            }
        }
        return sha256(file);
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    private static String sha256(Path file) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            byte[] piece = new byte[1 << 16];
            while (in.read(piece) >= 0) {
                continue;
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
