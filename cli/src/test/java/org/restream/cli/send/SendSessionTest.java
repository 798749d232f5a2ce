package org.restream.cli.send;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.restream.Header;
import org.restream.cli.command.ExitStatus;
import org.restream.cli.testing.ListenProcess;
import org.restream.cli.testing.RawServer;
import org.restream.cli.testing.SendProcess;
import org.restream.testing.ResettingRelay;

class SendSessionTest {
    @TempDir
    private Path folder;

    private Path file;
    private String sha256;

    @BeforeEach
    void write() throws Exception {
        byte[] body = new byte[4_000_000];
        new SplittableRandom(5).nextBytes(body);
        file = Files.write(folder.resolve("body.bin"), body);
        sha256 = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
    }

    private static String address(ListenProcess listen) {
        return "127.0.0.1:" + listen.address().getPort();
    }

    private Path stored() throws Exception {
        return Files.createDirectories(folder.resolve("stored"));
    }

    private List<String> names() throws Exception {
        try (Stream<Path> files = Files.list(stored())) {
            return files.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void a_file_goes_on_over_many_cuts_and_is_stored_once() throws Exception {
        try (ListenProcess listen = ListenProcess.start("--sessions", "--output", stored().toString());
                ResettingRelay relay = new ResettingRelay(listen.address(), Collections.nCopies(10, 300_000));
                SendProcess send = SendProcess.start("--session", "-i", "-s", relay.address(), file.toString())) {
            assertThat(send.exit()).as("%s", send.err()).isZero();
            assertThat(relay.cuts()).isEqualTo(10);
            assertThat(send.err().stream().filter(line -> line.contains("connection lost, resuming at")))
                    .hasSize(10);
            assertThat(send.err().stream().filter(line -> line.contains("resumed at " + relay.address())))
                    .hasSize(10);
            assertThat(send.err()).last().asString().contains(sha256);
            assertThat(listen.line("stored body.bin")).contains("4000000 bytes", sha256);
        }
        assertThat(names()).containsExactly("body.bin", "body.bin.json");
    }

    @Test
    void a_listener_that_is_stopped_for_seconds_loses_nothing() throws Exception {
        try (ListenProcess listen = ListenProcess.start("--sessions", "--once", "--log-format", "json");
                SendProcess send = SendProcess.start("--session", "-s", address(listen), "-")) {
            send.type("before ");
            listen.line("\"event\":\"header\"");
            listen.signal("STOP");
            send.type("and meanwhile");
            send.stdin().close();
            // after 5 s
            send.awaitErr("waiting for the answer");
            listen.signal("CONT");
            assertThat(send.exit()).as("%s", send.err()).isZero();
            assertThat(listen.exit()).as("%s", listen.lines()).isZero();
            assertThat(listen.stdout()).isEqualTo("before and meanwhile");
        }
    }

    @Test
    void a_server_without_sessions_is_named_and_nothing_is_sent() throws Exception {
        try (ListenProcess listen = ListenProcess.start("--output", stored().toString());
                SendProcess send = SendProcess.start("--session", "-s", address(listen), file.toString())) {
            assertThat(send.exit()).isEqualTo(ExitStatus.GAVE_UP);
            assertThat(send.err())
                    .last()
                    .asString()
                    .contains(address(listen), "the server refuses the session: disabled");
        }
        assertThat(names()).isEmpty();
    }

    @Test
    void with_preferred_it_is_sent_without_a_session() throws Exception {
        try (ListenProcess listen = ListenProcess.start("--output", stored().toString());
                SendProcess send = SendProcess.start("--session=preferred", "-s", address(listen), file.toString())) {
            assertThat(send.exit()).as("%s", send.err()).isZero();
            assertThat(send.err()).anySatisfy(line -> assertThat(line).contains("sent without a session"));
        }
        assertThat(names()).containsExactly("body.bin", "body.bin.json");
    }

    @Test
    void an_outcome_that_nobody_knows_has_a_status_of_its_own() throws Exception {
        try (ListenProcess listen = ListenProcess.start("--sessions", "--log-format", "json");
                SendProcess send = SendProcess.start(
                        "--session",
                        "--retry-delay",
                        "10ms",
                        "--max-failures",
                        "2",
                        "--log-format",
                        "json",
                        "-s",
                        address(listen),
                        "-")) {
            send.type("half");
            listen.line("\"event\":\"header\"");
            listen.close();
            send.awaitErr("\"event\":\"away\"");
            try (RawServer another = new RawServer(listen.address().getPort());
                    RawServer.Peer peer = another.accept()) {
                peer.write("{}\n\n");
                peer.end();
            }
            assertThat(send.exit()).isEqualTo(ExitStatus.UNKNOWN);
            Header error = Header.parse(send.err().get(send.err().size() - 1));
            assertThat(error.getString("message")).contains("the server may have received it");
            assertThat(error).containsEntry("exit", 6L);
        }
    }

    @Test
    void a_value_follows_an_equals_sign_and_a_file_may_follow_a_space() throws Exception {
        Path named = Files.writeString(folder.resolve("preferred"), "x");
        try (ListenProcess listen = ListenProcess.start("--sessions", "--echo");
                SendProcess send = SendProcess.start("-s", address(listen), "--session", named.toString());
                SendProcess wrong = SendProcess.start("--session=sometimes", named.toString())) {
            assertThat(send.exit()).as("%s", send.err()).isZero();
            assertThat(send.outText()).isEqualTo("x");
            assertThat(wrong.exit()).isEqualTo(ExitStatus.USAGE);
            assertThat(wrong.err()).anySatisfy(line -> assertThat(line).contains("required or preferred"));
        }
    }
}
