package org.restream.cli.listen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.restream.ClientOptions;
import org.restream.Header;
import org.restream.Reconnect;
import org.restream.Restream;
import org.restream.RestreamClient;
import org.restream.RestreamServer;
import org.restream.ServerEvent;
import org.restream.ServerOptions;
import org.restream.cli.console.OutputOptions;
import org.restream.cli.testing.RawPeer;

class ExecHandlerTest {
    private final BlockingQueue<ServerEvent.Failed> failures = new LinkedBlockingQueue<>();
    private final StringWriter err = new StringWriter();
    private final OutputOptions output = new OutputOptions();
    private final ListenNotices notices = new ListenNotices(new PrintWriter(err), output, null, InstantSource.system());
    private RestreamServer server;

    @AfterEach
    void close() {
        server.close(java.time.Duration.ZERO);
    }

    @Test
    void the_body_is_stdin_and_stdout_the_answer() throws Exception {
        assertThat(ask("tr a-z A-Z", "{}", "hello")).isEqualTo("{\"by\":\"me\"}\n\nHELLO");
    }

    @Test
    void the_header_is_in_the_environment() throws Exception {
        String header = "{\"name\":\"a b\",\"x-y.z\":42,\"list\":[1,\"ä\"],\"no\":null,\"nul\":\"\\u0000\"}";
        String command = "echo \"$RESTREAM_H_NAME|$RESTREAM_H_X_Y_Z|$RESTREAM_H_NO|${RESTREAM_H_NUL-unset}\"; "
                + "printf '%s' \"$RESTREAM_HEADER\"";
        String[] said = ask(command, header, "").split("\n", 4);
        assertThat(said[2]).isEqualTo("a b|42|null|unset");
        assertThat(said[3]).contains("\\u00e4").matches(json -> parse(json).equals(parse(header)));
        notices.close();
        assertThat(err.toString()).contains("the header field nul holds a NUL").hasLineCount(1);
    }

    @Test
    void a_header_too_long_in_ascii_is_utf_8_or_left_out() throws Exception {
        String header = "{\"text\":\"" + "ä".repeat(25_000) + "\"}";
        String said = ask("printf '%s' \"${RESTREAM_HEADER-none}\"", header, "").split("\n", 3)[2];
        if (said.equals("none")) {
            notices.close();
            assertThat(err.toString())
                    .contains("can't be written in this locale's charset", "no RESTREAM_HEADER for it");
        } else {
            assertThat(said).isEqualTo(header);
        }
    }

    @Test
    void a_header_too_large_for_all_variables_together_has_none() throws Exception {
        // Linux takes at most 6 MiB of variables and arguments
        StringBuilder fields = new StringBuilder("{\"n\":1");
        for (int i = 0; i < 70; i++) {
            fields.append(",\"f")
                    .append(i)
                    .append("\":\"")
                    .append("x".repeat(100_000))
                    .append('"');
        }
        String said = ask("echo ${RESTREAM_H_N-none}", fields.append('}').toString(), "");
        assertThat(said).endsWith("\n\nnone\n");
        notices.close();
        assertThat(err.toString()).contains("the command could be run only without variables for the header");
    }

    @Test
    void a_command_need_not_read_its_stdin() throws Exception {
        assertThat(ask("echo done", "{}", "x".repeat(1 << 20))).endsWith("done\n");
    }

    @Test
    void much_goes_both_ways_at_the_same_time() throws Exception {
        start("cat", 4, 0);
        byte[] much = new byte[20 << 20];
        new Random(1).nextBytes(much);
        CompletableFuture<byte[]> back = new CompletableFuture<>();
        ClientOptions options = ClientOptions.defaults()
                .servers("127.0.0.1:" + server.address().getPort())
                .reconnect(Reconnect.UNTIL_CONNECTED);
        try (RestreamClient client = Restream.createClient(options, (req, res) -> {
            java.io.ByteArrayOutputStream all = new java.io.ByteArrayOutputStream();
            res.onData(all::writeBytes).onEnd(() -> back.complete(all.toByteArray()));
            req.end(much);
        })) {
            client.completion().get(30, TimeUnit.SECONDS);
        }
        assertThat(back.get(30, TimeUnit.SECONDS)).isEqualTo(much);
    }

    @Test
    void a_command_that_fails_after_its_first_byte_aborts_the_exchange() throws Exception {
        assertThatThrownBy(() -> ask("cat; exit 7", "{}", "hello")).isInstanceOf(IOException.class);
        assertThat(failure().cause()).hasMessage("refused: the command ended with status 7");
    }

    @Test
    void a_command_that_fails_before_it_refuses_the_request() throws Exception {
        assertThat(ask("exit 7", "{}", "hello"))
                .isEqualTo("{\"refused\":{\"reason\":\"the command ended with status 7\"}}\n\n");
        assertThat(failure().cause()).hasMessage("refused: the command ended with status 7");
    }

    @Test
    void a_body_over_the_limit_is_refused() throws Exception {
        start("cat", 4, 10);
        try (RawPeer peer = new RawPeer(server.address())) {
            peer.say("{}\n\nthis is too much").end();
            assertThat(failure().cause()).hasMessage("refused: the body has more than 10 bytes");
        }
    }

    @Test
    void a_lost_connection_ends_the_command_and_its_children() throws Exception {
        start("sleep 1000 & echo $!; echo $$; wait", 4, 0);
        RawPeer peer = new RawPeer(server.address()).say("{}\n\nhalf");
        peer.hear("{\"by\":\"me\"}\n\n".length());
        ProcessHandle child = process(peer);
        ProcessHandle shell = process(peer);
        peer.reset();
        assertThat(failure().cause()).hasMessageContaining("lost");
        child.onExit().get(30, TimeUnit.SECONDS);
        shell.onExit().get(30, TimeUnit.SECONDS);
    }

    @Test
    void a_command_that_ignores_the_signal_is_killed_with_what_it_starts_meanwhile(@TempDir Path dir) throws Exception {
        Path pids = dir.resolve("pids");
        start("trap '' TERM; echo $$; while :; do sh -c 'echo $$ >> " + pids + "; exec sleep 1000'; done", 4, 0);
        try (RawPeer peer = new RawPeer(server.address()).say("{}\n\n")) {
            peer.hear("{\"by\":\"me\"}\n\n".length());
            ProcessHandle shell = process(peer);
            Awaitility.await().until(() -> Files.exists(pids) && Files.size(pids) > 0);
            server.close(java.time.Duration.ZERO);
            shell.onExit().get(30, TimeUnit.SECONDS);
        }
        for (String pid : Files.readAllLines(pids)) {
            Optional<ProcessHandle> child = ProcessHandle.of(Long.parseLong(pid));
            if (child.isPresent()) {
                child.get().onExit().get(30, TimeUnit.SECONDS);
            }
        }
    }

    @Test
    void one_too_many_waits_until_there_is_room() throws Exception {
        start("cat", 1, 0);
        try (RawPeer first = new RawPeer(server.address());
                RawPeer second = new RawPeer(server.address())) {
            assertThat(first.say("{}\n\none").hear(16)).endsWith("one");
            second.say("{}\n\ntwo").end();
            assertThat(first.end().hear()).isEmpty();
            assertThat(second.hear()).endsWith("two");
        }
    }

    private String ask(String command, String header, String body) throws Exception {
        start(command, 4, 0);
        try (RawPeer peer = new RawPeer(server.address())) {
            return peer.say(header + "\n\n" + body).end().hear();
        }
    }

    private void start(String command, int maxProcesses, long maxBody) throws IOException {
        start(command, false, maxProcesses, maxBody);
    }

    private void start(String command, boolean whole, int maxProcesses, long maxBody) throws IOException {
        server = Restream.createServer(
                        ServerOptions.defaults().maxHeaderBytes(8 << 20).listener(event -> {
                            if (event instanceof ServerEvent.Failed failed) {
                                failures.add(failed);
                            }
                        }),
                        new ExecHandler(command, whole, maxProcesses, notices, Header.of("by", "me"), maxBody))
                .listen(0);
    }

    private ServerEvent.Failed failure() throws InterruptedException {
        ServerEvent.Failed failed = failures.poll(30, TimeUnit.SECONDS);
        assertThat(failed).isNotNull();
        return failed;
    }

    private static ProcessHandle process(RawPeer peer) throws IOException {
        StringBuilder pid = new StringBuilder();
        for (String c = peer.hear(1); !c.equals("\n"); c = peer.hear(1)) {
            pid.append(c);
        }
        return ProcessHandle.of(Long.parseLong(pid.toString())).orElseThrow();
    }

    private static Header parse(String json) {
        try {
            return Header.parse(json);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
