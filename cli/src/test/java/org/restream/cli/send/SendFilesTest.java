package org.restream.cli.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.restream.Header;
import org.restream.Restream;
import org.restream.RestreamServer;
import org.restream.cli.command.ExitStatus;
import org.restream.cli.testing.RawServer;
import org.restream.cli.testing.SendProcess;

class SendFilesTest {
    @TempDir
    private Path folder;

    @Test
    void a_file_has_name_and_size_in_its_header_unless_the_user_says_otherwise() throws Exception {
        assertThat(headerFor("a.txt")).isEqualTo("{\"name\":\"a.txt\",\"size\":5}");
        assertThat(headerFor("a.txt", "-H", "name=b", "-H", "n:=[1]", "--header-json", "{\"size\":null,\"x\":1.5}"))
                .isEqualTo("{\"name\":\"b\",\"size\":null,\"x\":1.5,\"n\":[1]}");
    }

    /**
     * Whoever chooses file names must not be able to change what is sent, if the caller quotes them and uses {@code
     * --}.
     */
    @ParameterizedTest
    @ValueSource(strings = {"@a", "-a", "--version", "- a", "\"a b\"", "a\nb", "$(a)"})
    void a_name_is_only_a_name(String name) throws Exception {
        Files.writeString(folder.resolve("a"), "another file");
        Files.writeString(folder.resolve(name), "a");
        Queue<Header> headers = new ConcurrentLinkedQueue<>();
        try (RestreamServer server = Restream.createServer((req, res) -> {
                            headers.add(req.header());
                            req.transferTo(res);
                        })
                        .listen(0);
                SendProcess send = SendProcess.start(
                        builder -> builder.directory(folder.toFile()), "-q", "-s", address(server), "--", name)) {
            assertThat(send.exit()).isZero();
            assertThat(send.outText()).isEqualTo("a");
            assertThat(headers.remove().getString("name")).isEqualTo(name);
        }
    }

    private String headerFor(String file, String... args) throws Exception {
        Path there = Files.writeString(folder.resolve(file), "hello");
        Queue<Header> headers = new ConcurrentLinkedQueue<>();
        try (RestreamServer server = Restream.createServer((req, res) -> {
                    headers.add(req.header());
                    req.transferTo(res);
                })
                .listen(0)) {
            List<String> all = new ArrayList<>(List.of("-s", address(server), there.toString()));
            all.addAll(List.of(args));
            try (SendProcess send = SendProcess.start(all.toArray(String[]::new))) {
                assertThat(send.exit()).isZero();
                assertThat(send.outText()).isEqualTo("hello");
                assertThat(send.err()).isEmpty();
            }
        }
        return headers.remove().toString();
    }

    @Test
    void one_that_is_cut_while_it_is_sent_is_reset_and_told() throws Exception {
        Path large = Files.write(folder.resolve("large"), new byte[50_000_000]);
        try (RawServer server = new RawServer();
                SendProcess send = SendProcess.start("-s", server.address(), large.toString());
                RawServer.Peer peer = server.accept()) {
            assertThat(peer.readHeader()).isEqualTo("{\"name\":\"large\",\"size\":50000000}");
            peer.readBytes(1_000_000);
            try (FileChannel channel = FileChannel.open(large, StandardOpenOption.WRITE)) {
                channel.truncate(20_000_000);
            }
            assertThatThrownBy(peer::readRest).isInstanceOf(IOException.class);
            assertThat(send.exit()).isEqualTo(ExitStatus.LOCAL);
            assertThat(send.err())
                    .containsExactly("restream send: " + large
                            + ": it changed while it was sent: it had 50000000 bytes, and has 20000000");
        }
    }

    @Test
    void one_that_can_not_be_read_ends_it_at_once() throws Exception {
        assumeTrue(Files.isReadable(Path.of("/proc/self/mem")), "there is such a file");
        try (SendProcess send = SendProcess.start("-s", "127.0.0.1:1", "/proc/self/mem")) {
            assertThat(send.exit()).isEqualTo(ExitStatus.LOCAL);
            assertThat(send.err()).containsExactly("restream send: /proc/self/mem: can't read it: Input/output error");
        }
    }

    @Test
    void one_that_goes_before_the_next_attempt_ends_it() throws Exception {
        Path file = Files.writeString(folder.resolve("a"), "hello");
        try (RawServer server = new RawServer();
                SendProcess send = SendProcess.start("--timeout", "10ms", "-s", server.address(), file.toString())) {
            RawServer.Peer peer = server.accept();
            assertThat(peer.readHeader()).isEqualTo("{\"name\":\"a\",\"size\":5}");
            Files.delete(file);
            peer.reset();
            assertThat(send.exit()).isEqualTo(ExitStatus.LOCAL);
            assertThat(send.err())
                    .last()
                    .isEqualTo("restream send: " + file + ": can't read it: no such file or folder");
        }
    }

    @Test
    void one_whose_size_is_not_true_has_none_in_its_header() throws Exception {
        Path made = Path.of("/proc/filesystems");
        assumeTrue(Files.isReadable(made), "there is such a file");
        try (RawServer server = new RawServer();
                SendProcess send = SendProcess.start("-s", server.address(), made.toString());
                RawServer.Peer peer = server.accept()) {
            assertThat(peer.readHeader()).isEqualTo("{\"name\":\"filesystems\"}");
            assertThat(peer.readRest()).isEqualTo(Files.readString(made)).isNotEmpty();
            peer.write("{}\n\n");
            peer.end();
            assertThat(send.exit()).isZero();
        }
    }

    @Test
    void several_are_sent_at_a_time_and_answered_in_their_order() throws Exception {
        CyclicBarrier allAtOnce = new CyclicBarrier(3);
        List<String> args = new ArrayList<>(List.of("-j", "3"));
        StringBuilder expected = new StringBuilder();
        for (int i = 0; i < 6; i++) {
            String text = ("file " + i + "\n").repeat(20_000 - i * 3_000);
            args.add(Files.writeString(folder.resolve("f" + i), text).toString());
            expected.append(text);
        }
        try (RestreamServer server = Restream.createServer((req, res) -> {
                    allAtOnce.await(30, TimeUnit.SECONDS);
                    req.transferTo(res);
                })
                .listen(0)) {
            args.addAll(List.of("-s", address(server)));
            try (SendProcess send = SendProcess.start(args.toArray(String[]::new))) {
                assertThat(send.exit()).isZero();
                assertThat(send.outText()).isEqualTo(expected.toString());
            }
        }
    }

    @Test
    void one_that_fails_is_named_and_the_others_are_sent() throws Exception {
        Path good = Files.writeString(folder.resolve("good"), "good");
        Path bad = Files.writeString(folder.resolve("bad"), "bad");
        try (RestreamServer server = Restream.createServer((req, res) -> {
                            if ("bad".equals(req.header().getString("name"))) {
                                res.abort();
                            } else {
                                req.transferTo(res);
                            }
                        })
                        .listen(0);
                SendProcess send = SendProcess.start(
                        "-q",
                        "--max-failures",
                        "1",
                        "-s",
                        address(server),
                        good.toString(),
                        bad.toString(),
                        good.toString())) {
            assertThat(send.exit()).isEqualTo(ExitStatus.GAVE_UP);
            assertThat(send.outText()).isEqualTo("goodgood");
            assertThat(send.err())
                    .singleElement()
                    .satisfies(line -> assertThat(line)
                            .startsWith("restream send: " + bad + ": gave up after 1 failed attempt in a row"));
        }
    }

    private static String address(RestreamServer server) {
        return "127.0.0.1:" + server.address().getPort();
    }

    @ParameterizedTest
    @CsvSource({"C, 1", "C, 2", "C.UTF-8, 1", "C.UTF-8, 2"})
    void a_name_that_java_can_not_read_is_told_and_the_other_files_are_sent(String locale, int jobs) throws Exception {
        Files.writeString(folder.resolve("first"), "1");
        Files.writeString(folder.resolve("last"), "2");
        try (RestreamServer server =
                        Restream.createServer((req, res) -> req.transferTo(res)).listen(0);
                SendProcess send =
                        garbled(locale, "first", "last", "-s", address(server), "-j", Integer.toString(jobs), "-q")) {
            assertThat(send.exit()).isEqualTo(ExitStatus.LOCAL);
            assertThat(send.outText()).isEqualTo("12");
            assertThat(send.err())
                    .singleElement()
                    .asString()
                    .startsWith("restream send: a\ufffdb\\u001b: its name has bytes that are not ")
                    .endsWith(": rename it, or send it by < FILE");
        }
    }

    @Test
    void such_a_name_alone_is_told_in_json_too() throws Exception {
        try (SendProcess send = garbled("C.UTF-8", "-s", "127.0.0.1:1", "--log-format", "json")) {
            assertThat(send.exit()).isEqualTo(ExitStatus.LOCAL);
            Header error = Header.parse(String.join("\n", send.err()));
            assertThat(error.get("event")).isEqualTo("error");
            assertThat(error.get("file")).isEqualTo("a\ufffdb\u001b");
        }
    }

    /** Sends a file whose name is not UTF-8, which only a shell can pass on. */
    private SendProcess garbled(String locale, String... args) throws IOException {
        return SendProcess.start(
                builder -> {
                    List<String> command = new ArrayList<>(List.of(
                            "sh",
                            "-c",
                            "name=$(printf 'a\\377b\\033'); echo x >\"$name\"; exec \"$@\" \"$name\"",
                            "sh"));
                    command.addAll(builder.command());
                    builder.command(command).directory(folder.toFile());
                    builder.environment().put("LC_ALL", locale);
                },
                args);
    }
}
