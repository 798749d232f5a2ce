package org.restream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.restream.Header;
import org.restream.Restream;
import org.restream.RestreamServer;

class SendFilesTest {
    @TempDir
    private Path folder;

    @Test
    void a_file_has_name_and_size_in_its_header_unless_the_user_says_otherwise() throws Exception {
        assertThat(headerFor("a.txt")).isEqualTo("{\"name\":\"a.txt\",\"size\":5}");
        assertThat(headerFor("a.txt", "-H", "name=b", "-H", "n:=[1]", "--header-json", "{\"size\":null,\"x\":1.5}"))
                .isEqualTo("{\"name\":\"b\",\"size\":null,\"x\":1.5,\"n\":[1]}");
    }

    /** Who may choose names must not choose what is sent, not even to one who quotes all and says {@code --}. */
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
}
