package org.restream.cli.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.restream.Header;
import org.restream.cli.command.Digest;
import org.restream.cli.testing.ListenProcess;
import org.restream.cli.testing.PausingRelay;
import org.restream.cli.testing.SendProcess;

/** {@code restream send --resume} to {@code restream listen --output}, as processes, some of which are killed. */
class SendResumeTest {
    private static final int SIZE = 9_000_000;
    private static final int PAUSE_AT = 4_000_000;

    @TempDir
    Path temp;

    private final List<SendProcess> sends = new ArrayList<>();
    private Path in;
    private Path file;

    @BeforeEach
    void files() throws IOException {
        in = Files.createDirectory(temp.resolve("in"));
        byte[] bytes = new byte[SIZE];
        new Random(5).nextBytes(bytes);
        file = Files.write(temp.resolve("orders.sql"), bytes);
    }

    @AfterEach
    void end() {
        sends.forEach(SendProcess::close);
    }

    private SendProcess send(String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of("--resume", "--retry-delay", "20ms"));
        all.addAll(List.of(arguments));
        SendProcess send = SendProcess.start(
                builder -> builder.environment()
                        .put("XDG_STATE_HOME", temp.resolve("state").toString()),
                all.toArray(String[]::new));
        sends.add(send);
        return send;
    }

    private static String port(ListenProcess listen) {
        return "127.0.0.1:" + listen.address().getPort();
    }

    private List<String> stored() throws IOException {
        try (Stream<Path> all = Files.list(in)) {
            return all.filter(Files::isRegularFile)
                    .map(path -> path.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    private void awaitPart(long bytes) {
        await().until(() -> {
            Path uploads = in.resolve(".restream").resolve("uploads");
            if (!Files.isDirectory(uploads)) {
                return false;
            }
            try (Stream<Path> all = Files.list(uploads)) {
                return all.anyMatch(path ->
                        path.toString().endsWith(".part") && path.toFile().length() >= bytes);
            }
        });
    }

    @Test
    void the_answer_says_what_became_of_it_and_the_header_is_beside_it() throws Exception {
        try (ListenProcess listen = ListenProcess.start("--output", in.toString(), "--name", "{db}-{n}.sql")) {
            SendProcess send = send("-s", port(listen), "-H", "db=orders", file.toString());
            assertThat(send.exit()).isZero();
            assertThat(Header.parse(send.outText()))
                    .isEqualTo(Header.of(
                            "name",
                            "orders-1.sql",
                            "size",
                            SIZE,
                            "sha256",
                            Digest.of(file).sha256()));
            assertThat(listen.line("stored")).contains("stored orders-1.sql, " + SIZE + " bytes");
            assertThat(stored()).containsExactly("orders-1.sql", "orders-1.sql.json");
            assertThat(Files.readString(in.resolve("orders-1.sql.json")))
                    .isEqualTo("{\"name\":\"orders.sql\",\"size\":" + SIZE + ",\"db\":\"orders\"}\n");
            assertThat(in.resolve("orders-1.sql")).hasSameBinaryContentAs(file);
        }
    }

    @Test
    void a_command_that_is_started_again_sends_the_rest() throws Exception {
        try (ListenProcess listen = ListenProcess.start("--output", in.toString());
                PausingRelay relay = new PausingRelay(listen.address(), PAUSE_AT)) {
            SendProcess first = send("-s", relay.address(), file.toString());
            awaitPart(PAUSE_AT - 1000);
            first.signal("KILL");
            assertThat(first.exit()).isNotZero();
            SendProcess second = send("-s", relay.address(), "--log-format", "json", file.toString());
            String accepted = second.awaitErr("uploadAccepted");
            long have = Header.parse(accepted).getLong("have");
            assertThat(have).isBetween(PAUSE_AT - 1000L, (long) PAUSE_AT);
            assertThat(second.exit()).isZero();
            assertThat(stored()).containsExactly("orders.sql", "orders.sql.json");
            assertThat(in.resolve("orders.sql")).hasSameBinaryContentAs(file);
            assertThat(relay.passed()).isLessThan(SIZE + 10_000);
        }
    }

    @Test
    void a_server_that_is_killed_goes_on_after_its_start() throws Exception {
        ListenProcess first = ListenProcess.start("--output", in.toString());
        try (PausingRelay relay = new PausingRelay(first.address(), PAUSE_AT)) {
            SendProcess send = send("-s", relay.address(), file.toString());
            awaitPart(PAUSE_AT - 1000);
            first.signal("KILL");
            try (ListenProcess second = ListenProcess.start("--output", in.toString())) {
                relay.to(second.address());
                assertThat(send.exit()).isZero();
                assertThat(in.resolve("orders.sql")).hasSameBinaryContentAs(file);
            }
        } finally {
            first.close();
        }
    }

    @Test
    void the_second_server_of_a_folder_goes_on_when_the_first_one_is_killed() throws Exception {
        ListenProcess first = ListenProcess.start("--output", in.toString());
        try (ListenProcess second = ListenProcess.start("--output", in.toString());
                PausingRelay relay = new PausingRelay(first.address(), PAUSE_AT)) {
            SendProcess send = send("-s", relay.address(), "-s", port(second), file.toString());
            awaitPart(PAUSE_AT - 1000);
            first.signal("KILL");
            assertThat(send.exit()).isZero();
            assertThat(second.line("stored")).contains("stored orders.sql");
            assertThat(stored()).containsExactly("orders.sql", "orders.sql.json");
            assertThat(in.resolve("orders.sql")).hasSameBinaryContentAs(file);
        } finally {
            first.close();
        }
    }

    @Test
    void a_file_that_has_changed_is_a_new_upload_and_a_line_says_so() throws Exception {
        try (ListenProcess listen = ListenProcess.start("--output", in.toString());
                PausingRelay relay = new PausingRelay(listen.address(), PAUSE_AT)) {
            SendProcess first = send("-s", relay.address(), file.toString());
            awaitPart(PAUSE_AT - 1000);
            first.signal("KILL");
            assertThat(first.exit()).isNotZero();
            Files.write(file, "more".getBytes(StandardCharsets.UTF_8), StandardOpenOption.APPEND);
            SendProcess second = send("-s", relay.address(), file.toString());
            assertThat(second.awaitErr("has changed"))
                    .contains("it had " + SIZE + " bytes, and has " + (SIZE + 4) + "): starting a new upload");
            assertThat(second.exit()).isZero();
            assertThat(in.resolve("orders.sql")).hasSameBinaryContentAs(file);
        }
    }

    @Test
    void several_files_are_sent_at_a_time_and_their_answers_keep_the_order() throws Exception {
        Path other = Files.writeString(temp.resolve("b.txt"), "hello");
        try (ListenProcess listen = ListenProcess.start("--output", in.toString())) {
            SendProcess send = send("-j", "2", "-s", port(listen), file.toString(), other.toString());
            assertThat(send.exit()).isZero();
            assertThat(send.outText().lines().map(line -> line.substring(0, 14)))
                    .containsExactly("{\"name\":\"order", "{\"name\":\"b.txt");
            assertThat(stored()).containsExactly("b.txt", "b.txt.json", "orders.sql", "orders.sql.json");
        }
    }

    @Test
    void what_can_not_go_on_is_refused_with_the_reason() throws Exception {
        SendProcess stdin = send("-");
        assertThat(stdin.exit()).isEqualTo(2);
        assertThat(stdin.err().get(0)).contains("--resume is for files: nothing is left of stdin");
        SendProcess exec = send("--exec", "true");
        assertThat(exec.exit()).isEqualTo(2);
        assertThat(exec.err().get(0)).contains("--resume is for files, and --exec");
    }

    @Test
    void a_server_that_takes_no_uploads_is_named() throws Exception {
        try (ListenProcess echo = ListenProcess.start("--echo")) {
            SendProcess send = send("-s", port(echo), file.toString());
            assertThat(send.exit()).isEqualTo(3);
            assertThat(send.err().get(0)).contains("without --resume").contains("a server that takes uploads");
        }
    }
}
