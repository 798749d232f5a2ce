package org.restream.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.restream.GaveUpException;
import org.restream.RefusedException;
import org.restream.Restream;
import org.restream.RestreamServer;

/** A client, and servers and files of all kinds. */
class FileSenderTest {
    private static final String SHA256 = "a".repeat(64);

    @TempDir
    Path temp;

    private final List<UploadEvent> events = new CopyOnWriteArrayList<>();

    private FileSender sender(RestreamServer server) {
        return Receiving.sender(temp, "127.0.0.1:" + server.address().getPort()).listener(events::add);
    }

    private static RestreamServer server(RestreamServer.Handler handler) throws IOException {
        return Restream.createServer(handler).listen(0);
    }

    private Path file(int size) throws IOException {
        return RandomFile.of(temp.resolve("x"), size, 1);
    }

    @Test
    void a_server_that_says_nothing_before_the_end_is_named_with_the_ways_out() throws Exception {
        Path file = file(10);
        try (RestreamServer old = server((req, res) -> req.readAllBytes())) {
            assertThatThrownBy(() ->
                            sender(old).answerTimeout(Duration.ofMillis(100)).send(file))
                    .isInstanceOf(NoUploadsException.class)
                    .hasMessageContaining("has not answered within 100 ms")
                    .hasMessageContaining("without --resume")
                    .hasMessageContaining("a server that takes uploads");
        }
    }

    @Test
    void a_server_that_answers_something_else_is_named_at_once() throws Exception {
        Path file = file(10);
        try (RestreamServer echo = server((req, res) -> res.header("by", "echo").end("hello"))) {
            assertThatThrownBy(() -> sender(echo).send(file))
                    .isInstanceOf(NoUploadsException.class)
                    .hasMessageContaining("it takes no uploads");
        }
    }

    @Test
    void the_silence_of_one_that_takes_uploads_is_a_loss() throws Exception {
        Path file = file(10);
        AtomicInteger exchanges = new AtomicInteger();
        try (RestreamServer slow = server((req, res) -> {
            if (exchanges.incrementAndGet() == 1) {
                res.header("upload", Map.of("have", 0)).flush();
                req.read();
                res.abort();
            }
            req.readAllBytes();
        })) {
            FileSender sender = FileSender.to(
                            Receiving.options("127.0.0.1:" + slow.address().getPort())
                                    .maxFailures(3))
                    .stateFolder(temp.resolve("state"))
                    .answerTimeout(Duration.ofMillis(50));
            assertThatThrownBy(() -> sender.send(file)).isInstanceOf(GaveUpException.class);
            assertThatThrownBy(() -> sender.send(file))
                    .as("in the next process")
                    .isInstanceOf(GaveUpException.class);
        }
    }

    @Test
    void a_file_that_has_changed_is_a_new_upload_and_an_event_says_so() throws Exception {
        Path file = file(1000);
        try (Receiving receiving = Receiving.start(temp);
                RestreamServer refusing = server((req, res) -> {
                    throw new org.restream.Refusal("not now");
                })) {
            assertThatThrownBy(() -> sender(refusing).send(file)).isInstanceOf(RefusedException.class);
            String first = state();
            assertThatThrownBy(() -> sender(refusing).send(file)).isInstanceOf(RefusedException.class);
            assertThat(state()).isEqualTo(first);
            Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2026-01-01T00:00:00Z")));
            assertThatThrownBy(() -> sender(refusing).send(file)).isInstanceOf(RefusedException.class);
            assertThat(state()).isNotEqualTo(first);
            assertThat(events)
                    .containsExactly(new UploadEvent.Changed(file, "it was written to at 2026-01-01T00:00:00Z"));
        }
    }

    private String state() throws IOException {
        try (var files = Files.list(temp.resolve("state"))) {
            Path only = files.toList().get(0);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(only)))
                    .isEqualTo("rw-------");
            return Files.readString(only);
        }
    }

    @Test
    void a_file_that_changes_while_it_is_sent_is_an_error() throws Exception {
        Path file = file(1000);
        try (RestreamServer server = server((req, res) -> {
            // by now the client has looked at the file
            req.header();
            Files.write(file, new byte[] {1}, java.nio.file.StandardOpenOption.APPEND);
            res.header("upload", Map.of("have", 0)).flush();
            req.readAllBytes();
        })) {
            assertThatThrownBy(() -> sender(server).send(file))
                    .isInstanceOf(FileChangedException.class)
                    .hasMessageContaining("it had 1000 bytes, and has 1001");
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 11, Long.MAX_VALUE})
    void a_server_that_wants_what_is_not_there_is_an_error(long have) throws Exception {
        Path file = file(10);
        try (RestreamServer server = server((req, res) -> {
            res.header("upload", Map.of("have", have)).flush();
            req.readAllBytes();
        })) {
            assertThatThrownBy(() -> sender(server).send(file)).isInstanceOf(WrongResultException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"name\":\"x\",\"size\":9,\"sha256\":\"%s\"}", "{\"name\":\"x\",\"size\":10,\"sha256\":\"%s\"}"
            })
    void a_server_that_has_stored_something_else_is_an_error(String answer) throws Exception {
        Path file = file(10);
        try (RestreamServer server = server((req, res) -> {
            res.header("upload", Map.of("have", 0)).flush();
            req.readAllBytes();
            res.end(String.format(answer, SHA256));
        })) {
            assertThatThrownBy(() -> sender(server).send(file))
                    .isInstanceOf(WrongResultException.class)
                    .hasMessageContaining("the server has stored");
        }
    }

    @Test
    void a_server_without_room_is_asked_again_after_the_time_that_it_says() throws Exception {
        Path file = file(10);
        AtomicInteger exchanges = new AtomicInteger();
        try (RestreamServer server = server((req, res) -> {
            exchanges.incrementAndGet();
            res.header("upload", Map.of("have", 0)).flush();
            res.end("{\"refused\":{\"reason\":\"the disk is full\",\"retryMs\":40}}");
        })) {
            List<Object> seen = new CopyOnWriteArrayList<>();
            FileSender sender = FileSender.to(
                            Receiving.options("127.0.0.1:" + server.address().getPort())
                                    .retryDelay(Duration.ofMillis(1))
                                    .maxFailures(3)
                                    .listener(seen::add))
                    .stateFolder(temp.resolve("state"));
            assertThatThrownBy(() -> sender.send(file))
                    .isInstanceOf(GaveUpException.class)
                    .hasMessageContaining("the disk is full");
            assertThat(exchanges).hasValue(3);
            assertThat(seen)
                    .filteredOn(org.restream.ClientEvent.Waiting.class::isInstance)
                    .extracting(event -> ((org.restream.ClientEvent.Waiting) event).delay())
                    .containsOnly(Duration.ofMillis(40));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "{\"name\":\"x\"}", "<html>"})
    void an_answer_that_is_none_is_a_failure_of_that_server(String answer) throws Exception {
        Path file = file(10);
        try (RestreamServer bad = server((req, res) -> {
                    res.header("upload", Map.of("have", 0)).flush();
                    req.readAllBytes();
                    res.end(answer);
                });
                Receiving good = Receiving.start(temp)) {
            UploadResult result = Receiving.sender(
                            temp, "127.0.0.1:" + bad.address().getPort(), good.server())
                    .send(file);
            assertThat(result.size()).isEqualTo(10);
        }
    }

    @Test
    void a_state_that_is_none_begins_anew() throws Exception {
        Path file = file(10);
        try (Receiving server = Receiving.start(temp);
                RestreamServer refusing = server((req, res) -> {
                    throw new org.restream.Refusal("no");
                })) {
            assertThatThrownBy(() -> sender(refusing).send(file)).isInstanceOf(RefusedException.class);
            try (var files = Files.list(temp.resolve("state"))) {
                Files.writeString(files.toList().get(0), "{\"id\":\"../../x\",\"size\":10}");
            }
            assertThatThrownBy(() -> sender(refusing).send(file)).isInstanceOf(RefusedException.class);
            assertThat(state()).contains("\"file\"");
        }
    }

    @Test
    void only_a_regular_file_goes_on() {
        FileSender sender = Receiving.sender(temp, "127.0.0.1:1");
        assertThatThrownBy(() -> sender.send(temp)).hasMessageContaining("only a regular file");
        assertThatThrownBy(() -> sender.send(temp.resolve("nothing"))).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> sender.answerTimeout(Duration.ZERO)).hasMessageContaining("answerTimeout");
    }
}
