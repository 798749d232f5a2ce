package org.restream.cli.listen;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.restream.Header;
import org.restream.Restream;
import org.restream.RestreamServer;
import org.restream.ServerEvent;
import org.restream.ServerOptions;
import org.restream.cli.console.OutputOptions;
import org.restream.cli.testing.RawPeer;

/** Neither a command nor its peer mistakes a cut body for a whole one, however many processes the command has. */
@EnabledOnOs(OS.LINUX)
class ExecWholeTest {
    private final BlockingQueue<ServerEvent> ends = new LinkedBlockingQueue<>();

    @TempDir
    Path dir;

    private RestreamServer server;

    @AfterEach
    void close() {
        server.close(Duration.ZERO);
    }

    private void start(String command, boolean whole) throws IOException {
        ListenNotices notices = new ListenNotices(
                new PrintWriter(new StringWriter()), new OutputOptions(), null, InstantSource.system());
        server = Restream.createServer(
                        ServerOptions.defaults().listener(event -> {
                            if (event instanceof ServerEvent.Failed || event instanceof ServerEvent.Completed) {
                                ends.add(event);
                            }
                        }),
                        new ExecHandler("cd '" + dir + "'; " + command, whole, 4, notices, Header.of(), 0))
                .listen(0);
    }

    private RawPeer peer(String said) throws IOException {
        return new RawPeer(server.address()).say("{}\n\n" + said);
    }

    private String failure() throws InterruptedException {
        ServerEvent end = ends.poll(30, TimeUnit.SECONDS);
        assertThat(end).isInstanceOf(ServerEvent.Failed.class);
        return String.valueOf(((ServerEvent.Failed) end).cause().getMessage());
    }

    private static void awaitEnd(long pid) throws Exception {
        Optional<ProcessHandle> process = ProcessHandle.of(pid);
        if (process.isPresent()) {
            process.get().onExit().get(30, TimeUnit.SECONDS);
        }
    }

    private static long number(RawPeer peer) throws IOException {
        StringBuilder number = new StringBuilder();
        for (String c = peer.hear(1); !c.equals("\n"); c = peer.hear(1)) {
            number.append(c);
        }
        return Long.parseLong(number.toString());
    }

    @Test
    void what_a_child_writes_when_the_shell_has_long_gone_is_a_part_of_the_answer() throws Exception {
        start("(while kill -0 $$ 2>/dev/null; do :; done; echo late) & echo early", false);
        try (RawPeer peer = peer("").end()) {
            assertThat(peer.hear()).isEqualTo("{}\n\nearly\nlate\n");
        }
    }

    @RepeatedTest(5)
    void what_several_children_write_is_there() throws Exception {
        start("for i in 1 2 3 4 5 6 7 8; do head -c 100000 /dev/zero & done", false);
        try (RawPeer peer = peer("").end()) {
            assertThat(peer.hear()).hasSize("{}\n\n".length() + 800_000);
        }
    }

    /**
     * The reader ignores all signals that can be ignored, so it would see its input end when the process before it
     * dies.
     */
    @RepeatedTest(10)
    void the_last_of_a_pipeline_sees_no_end_of_a_body_whose_sender_is_lost() throws Exception {
        start("cat | (trap '' TERM HUP INT; cat > half; echo > committed)", false);
        try (RawPeer peer = peer("half a body")) {
            Awaitility.await().until(() -> Files.exists(dir.resolve("half")) && Files.size(dir.resolve("half")) > 0);
            peer.reset();
            assertThat(failure()).contains("lost");
        }
        assertThat(dir.resolve("committed")).doesNotExist();
    }

    @Test
    void nor_one_of_a_body_that_is_not_as_long_as_it_should_be() throws Exception {
        start("cat > half; echo > committed", false);
        try (RawPeer peer =
                new RawPeer(server.address()).say("{\"size\":5}\n\nhalf").end()) {
            assertThat(failure()).isEqualTo("the header says 5 bytes, the body has 4");
            assertThatThrownBy(peer::hear).isInstanceOf(IOException.class);
        }
        assertThat(dir.resolve("committed")).doesNotExist();
    }

    @Test
    void children_end_with_a_lost_exchange_when_the_shell_has_long_gone() throws Exception {
        start("sleep 1000 & echo $!; setsid sleep 1001 & echo $!", false);
        RawPeer peer = peer("");
        peer.hear("{}\n\n".length());
        long child = number(peer);
        long ofAnotherSession = number(peer);
        peer.reset();
        assertThat(failure()).contains("lost");
        awaitEnd(child);
        // its parent has gone, so nothing shows which command it belongs to
        ProcessHandle.of(ofAnotherSession).ifPresent(ProcessHandle::destroyForcibly);
    }

    @Test
    void a_child_with_a_session_of_its_own_ends_too() throws Exception {
        start("setsid sleep 1000 & echo $!; wait", false);
        RawPeer peer = peer("");
        peer.hear("{}\n\n".length());
        long child = number(peer);
        peer.reset();
        assertThat(failure()).contains("lost");
        awaitEnd(child);
    }

    @Test
    void a_shell_that_fails_is_not_waited_for_by_what_its_children_say() throws Exception {
        start("sleep 1000 & echo $!; exit 7", false);
        try (RawPeer peer = peer("")) {
            assertThat(failure()).isEqualTo("refused: the command ended with status 7");
            peer.hear("{}\n\n".length());
        }
    }

    @Test
    void a_child_that_reads_on_when_the_shell_has_gone_gets_all_of_the_body() throws Exception {
        start("exec 3<&0; (cat <&3 > body; mv body committed) > /dev/null & echo said", false);
        try (RawPeer peer = peer("one ")) {
            assertThat(peer.hear("{}\n\nsaid\n".length())).endsWith("said\n");
            peer.say("two").end();
            assertThat(peer.hear()).isEmpty();
        }
        Awaitility.await().until(() -> Files.exists(dir.resolve("committed")));
        assertThat(dir.resolve("committed")).hasContent("one two");
    }

    @Test
    void even_if_it_begins_to_read_when_the_exchange_is_over() throws Exception {
        String body = "x".repeat(100_000);
        start(
                "exec 3<&0; (until [ -e over ]; do sleep 0.1; done; cat <&3 > body; mv body committed) > /dev/null &",
                false);
        try (RawPeer peer = peer(body).end()) {
            assertThat(peer.hear()).isEqualTo("{}\n\n");
            assertThat(ends.poll(30, TimeUnit.SECONDS)).isInstanceOf(ServerEvent.Completed.class);
        }
        Files.createFile(dir.resolve("over"));
        Awaitility.await().until(() -> Files.exists(dir.resolve("committed")));
        assertThat(dir.resolve("committed")).hasContent(body);
    }

    @Test
    void and_no_end_of_a_cut_one() throws Exception {
        start("exec 3<&0; (cat <&3 > body; mv body committed) > /dev/null & echo $!", false);
        RawPeer peer = peer("one ");
        peer.hear("{}\n\n".length());
        long child = number(peer);
        peer.reset();
        assertThat(failure()).contains("lost");
        awaitEnd(child);
        assertThat(dir.resolve("committed")).doesNotExist();
    }

    @Test
    void who_opens_stdin_once_more_when_all_has_been_written_finds_it_too() throws Exception {
        start("sleep 0.2; cat /dev/stdin > copy; cat copy > /dev/stdout", false);
        try (RawPeer peer = peer("body").end()) {
            assertThat(peer.hear()).isEqualTo("{}\n\nbody");
        }
    }

    @Test
    void where_what_feeds_the_command_is_killed_the_exchange_fails() throws Exception {
        start("echo $$; sha256sum", false);
        try (RawPeer peer = peer("half")) {
            peer.hear("{}\n\n".length());
            long command = number(peer);
            Optional<ProcessHandle> feeding = Awaitility.await().until(() -> cat(command), Optional::isPresent);
            assertThat(feeding.orElseThrow().destroyForcibly()).isTrue();
            assertThat(failure()).isEqualTo("the process that feeds the command ended with status 137");
        }
    }

    /** The child of this process that is the command's cat(1), and not that of an earlier one; empty before it has started. */
    private static Optional<ProcessHandle> cat(long command) {
        return ProcessHandle.current()
                .children()
                .filter(child -> child.info().command().orElse("").endsWith("/cat"))
                .filter(child -> openFile(child.pid(), 1).equals(openFile(command, 0)))
                .findFirst();
    }

    /** Which pipe that is, say; empty if the process has ended. */
    private static String openFile(long pid, int descriptor) {
        try {
            return Files.readSymbolicLink(Path.of("/proc/" + pid + "/fd/" + descriptor))
                    .toString();
        } catch (IOException e) {
            return pid + " has ended";
        }
    }

    @Test
    void a_job_in_the_background_lives_on() throws Exception {
        start("sleep 1000 > /dev/null 2>&1 & echo $!", false);
        try (RawPeer peer = peer("")) {
            peer.hear("{}\n\n".length());
            long job = number(peer);
            assertThat(peer.end().hear()).isEmpty();
            assertThat(ends.poll(30, TimeUnit.SECONDS)).isInstanceOf(ServerEvent.Completed.class);
            ProcessHandle left = ProcessHandle.of(job).orElseThrow();
            assertThat(left.isAlive()).isTrue();
            left.destroyForcibly();
        }
    }

    @Test
    void a_command_for_whole_bodies_has_the_body_in_a_file_that_has_no_name_any_more() throws Exception {
        start("cat > copy; test -f /dev/stdin && readlink /proc/self/fd/0 | grep -c deleted; cat copy", true);
        String body = "a whole body ".repeat(100_000);
        try (RawPeer peer = peer(body).end()) {
            assertThat(peer.hear()).isEqualTo("{}\n\n1\n" + body);
        }
        assertThat(dir.resolve("copy")).hasContent(body);
    }

    /** What is sent can't be taken back: the sender would get a reset, and try again for ever. */
    @ParameterizedTest
    @ValueSource(strings = {"echo some", "head -c 200000 /dev/zero"})
    void one_that_prints_and_then_fails_is_a_refusal(String prints) throws Exception {
        start(prints + "; exit 7", true);
        try (RawPeer peer = peer("a body").end()) {
            assertThat(peer.hear()).isEqualTo("{\"refused\":{\"reason\":\"the command ended with status 7\"}}\n\n");
        }
        assertThat(failure()).isEqualTo("refused: the command ended with status 7");
    }

    @Test
    void its_answer_is_sent_when_it_has_ended_whatever_its_length() throws Exception {
        start("cat; while [ ! -e go ]; do sleep 0.01; done", true);
        String body = "0123456789".repeat(HeldAnswer.IN_MEMORY);
        try (RawPeer peer = peer(body).end()) {
            Files.createFile(dir.resolve("go"));
            assertThat(peer.hear()).isEqualTo("{}\n\n" + body);
        }
    }

    @Test
    void it_is_not_run_for_others() throws Exception {
        start("echo > ran", true);
        peer("half a body").reset();
        assertThat(failure()).contains("lost");
        try (RawPeer peer =
                new RawPeer(server.address()).say("{\"size\":5}\n\nhalf").end()) {
            assertThat(failure()).isEqualTo("the header says 5 bytes, the body has 4");
        }
        assertThat(dir.resolve("ran")).doesNotExist();
        try (RawPeer peer =
                new RawPeer(server.address()).say("{\"size\":5}\n\nwhole").end()) {
            assertThat(peer.hear().getBytes(UTF_8)).isEqualTo("{}\n\n".getBytes(UTF_8));
        }
        assertThat(dir.resolve("ran")).exists();
    }

    @Test
    void one_that_slowly_sends_a_body_keeps_no_other_from_a_command_for_whole_ones() throws Exception {
        start("cat", true);
        try (RawPeer a = peer("a");
                RawPeer b = peer("b");
                RawPeer c = peer("c");
                RawPeer d = peer("d");
                RawPeer quick = peer("quick").end()) {
            assertThat(quick.hear()).endsWith("quick");
            for (RawPeer slow : new RawPeer[] {a, b, c, d}) {
                assertThat(slow.end().hear()).hasSize("{}\n\na".length());
            }
        }
    }
}
