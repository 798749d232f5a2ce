package org.restream.cli.send;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.restream.cli.command.ExitStatus;
import org.restream.cli.testing.ListenProcess;
import org.restream.cli.testing.RawServer;
import org.restream.cli.testing.SendProcess;

/** A server that says what it has received, and the command, which compares that with what was sent. */
class SendClaimsTest {
    private static final String HELLO = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";
    private static final String OTHER = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void aFile() throws Exception {
        file = Files.writeString(folder.resolve("hello.txt"), "hello");
    }

    private record Ran(int status, String out, List<String> err) {}

    /** Sends the file to a server that answers with this header and body. */
    private Ran send(String header, String body, String... args) throws Exception {
        try (RawServer server = new RawServer();
                SendProcess send = start(server, args);
                RawServer.Peer peer = server.accept()) {
            peer.readHeader();
            assertThat(peer.readRest()).isEqualTo("hello");
            peer.write(header.replace('\'', '"') + "\n\n" + body);
            peer.end();
            return new Ran(send.exit(), send.outText(), prefixed(send.err(), server));
        }
    }

    private SendProcess start(RawServer server, String... args) throws Exception {
        List<String> all = new ArrayList<>(List.of(args));
        all.addAll(List.of("--timeout", "10ms", "-s", server.address(), file.toString()));
        return SendProcess.start(all.toArray(String[]::new));
    }

    private List<String> prefixed(List<String> lines, RawServer server) {
        return lines.stream()
                .map(line -> line.replace(file.toString(), "FILE").replace(server.address(), "SERVER"))
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '%',
            value = {
                "{'size':5,'sha256':'" + HELLO + "'} | ok",
                "{'size':5} | hello",
                "{'size':2} | ok",
                "{'size':'large'} | ok"
            })
    void what_is_true_is_no_matter(String header, String body) throws Exception {
        assertThat(send(header, body)).isEqualTo(new Ran(ExitStatus.DONE, body, List.of()));
    }

    @Test
    void another_size_is_told_and_the_status_says_so() throws Exception {
        assertThat(send("{'size':4}", "ok"))
                .isEqualTo(new Ran(
                        ExitStatus.LOST,
                        "ok",
                        List.of("restream send: FILE: SERVER: the answer says \"size\" 4, but 5 bytes were sent")));
    }

    @Test
    void another_digest_is_told_also_quietly() throws Exception {
        assertThat(send("{'sha256':'" + OTHER + "'}", "ok", "-q"))
                .isEqualTo(new Ran(
                        ExitStatus.LOST,
                        "ok",
                        List.of("restream send: FILE: SERVER: the answer says \"sha256\" " + OTHER
                                + ", but what was sent has " + HELLO)));
    }

    @Test
    void an_answer_that_is_longer_than_it_says_is_told_too() throws Exception {
        assertThat(send("{'size':1}", "ok").status()).isEqualTo(ExitStatus.LOST);
    }

    @Test
    void for_json_it_is_an_event() throws Exception {
        Ran ran = send("{'size':4}", "ok", "--log-format", "json");
        assertThat(ran.status()).isEqualTo(ExitStatus.LOST);
        assertThat(ran.err())
                .contains("{\"event\":\"error\",\"message\":\"SERVER: the answer says \\\"size\\\" 4, but 5 bytes were"
                        + " sent\",\"exit\":4,\"file\":\"FILE\"}");
    }

    @Test
    void it_is_held_against_the_attempt_that_has_completed() throws Exception {
        try (RawServer server = new RawServer();
                SendProcess send = start(server)) {
            RawServer.Peer first = server.accept();
            first.readHeader();
            first.read(3);
            first.write("{\"size\":99}\n\n");
            first.reset();
            try (RawServer.Peer second = server.accept()) {
                second.readHeader();
                assertThat(second.readRest()).isEqualTo("hello");
                second.write("{\"size\":5,\"sha256\":\"" + HELLO + "\"}\n\n");
                second.end();
                assertThat(send.exit()).isZero();
            }
        }
    }

    @Test
    void of_what_was_not_taken_to_its_end_no_size_is_right() throws Exception {
        file = Files.write(folder.resolve("large"), new byte[50_000_000]);
        try (RawServer server = new RawServer();
                SendProcess send = start(server, "-i")) {
            RawServer.Peer peer = server.accept();
            peer.readHeader();
            peer.write("{\"size\":50000000}\n\n");
            peer.end();
            send.awaitErr("{\"size\":50000000}");
            peer.close();
            assertThat(send.exit()).isEqualTo(ExitStatus.LOST);
            assertThat(send.err())
                    .last()
                    .satisfies(line ->
                            assertThat(line).contains("the answer says \"size\" 50000000, but only a part was sent: "));
        }
    }

    /** With {@code listen --output} as the server, which sends both claims. */
    @Test
    void a_server_of_ours_and_the_command_agree() throws Exception {
        Path out = Files.createDirectories(folder.resolve("out"));
        file = Files.write(folder.resolve("large"), new byte[3_000_000]);
        try (ListenProcess listen = ListenProcess.start("--output", out.toString());
                SendProcess send = SendProcess.start(
                        "-i", "-s", "127.0.0.1:" + listen.address().getPort(), file.toString())) {
            assertThat(send.exit()).isZero();
            assertThat(send.err())
                    .singleElement()
                    .satisfies(line -> assertThat(line).contains("\"size\":3000000", "\"sha256\":\""));
        }
    }
}
