package org.restream.cli.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.restream.Header;
import org.restream.Restream;
import org.restream.RestreamServer;
import org.restream.cli.command.ExitStatus;
import org.restream.cli.testing.RawServer;
import org.restream.cli.testing.SendProcess;
import org.restream.testing.ReservedPort;

class SendReconnectTest {
    @TempDir
    private Path folder;

    @Test
    void started_before_its_server_it_sends_when_there_is_one() throws Exception {
        byte[] random = new byte[3_000_000];
        new SplittableRandom(3).nextBytes(random);
        Path file = Files.write(folder.resolve("random"), random);
        try (ReservedPort port = new ReservedPort();
                SendProcess send = SendProcess.startReading(file, "--timeout", "100ms", "-s", port.address())) {
            send.awaitErr("next attempt at " + port.address());
            send.awaitErr("next attempt at " + port.address());
            try (RestreamServer server = Restream.createServer((req, res) -> req.transferTo(res))) {
                server.listen(port.number());
                assertThat(send.exit()).isZero();
                assertThat(send.out()).isEqualTo(random);
                assertThat(send.err()).last().satisfies(line -> assertThat(line).contains("connected to"));
            }
        }
    }

    @Test
    void servers_that_accept_and_reset_are_tried_in_turn_with_the_waits_of_the_formula() throws Exception {
        List<String> accepted = Collections.synchronizedList(new ArrayList<>());
        try (RawServer a = new RawServer();
                RawServer b = new RawServer()) {
            acceptAndReset(a, "a", accepted);
            acceptAndReset(b, "b", accepted);
            try (SendProcess send = SendProcess.start(
                    "--timeout",
                    "200ms",
                    "--reset-timeout",
                    "3",
                    "--jitter",
                    "0",
                    "--max-failures",
                    "8",
                    "--log-format",
                    "json",
                    "-s",
                    a.address(),
                    "-s",
                    b.address())) {
                send.stdin().close();
                assertThat(send.exit()).isEqualTo(ExitStatus.GAVE_UP);
                assertThat(delays(send)).containsExactly(200L, 400L, 600L, 200L, 400L, 600L, 200L);
                assertThat(accepted).containsExactly("a", "b", "a", "b", "a", "b", "a", "b");
                assertThat(events(send).get(events(send).size() - 1))
                        .containsEntry("event", "error")
                        .containsEntry("exit", 3L);
            }
        }
    }

    private static void acceptAndReset(RawServer server, String name, List<String> accepted) {
        Thread thread = new Thread(() -> {
            try {
                while (true) {
                    RawServer.Peer peer = server.accept();
                    accepted.add(name);
                    peer.reset();
                }
            } catch (IOException e) {
                // closed by the test
                return;
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private static List<Header> events(SendProcess send) throws IOException {
        List<Header> events = new ArrayList<>();
        for (String line : send.err()) {
            events.add(Header.parse(line));
        }
        return events;
    }

    private static List<Long> delays(SendProcess send) throws IOException {
        return events(send).stream()
                .filter(event -> "waiting".equals(event.get("event")))
                .map(event -> event.getLong("delayMs"))
                .toList();
    }

    @Test
    void a_closed_port_is_given_up_and_the_line_says_how_often_where_and_why() throws Exception {
        try (ReservedPort nobody = new ReservedPort();
                SendProcess send =
                        SendProcess.start("-q", "--timeout", "10ms", "--max-failures", "3", "-s", nobody.address())) {
            assertThat(send.exit()).isEqualTo(ExitStatus.GAVE_UP);
            assertThat(send.err())
                    .singleElement()
                    .satisfies(line ->
                            assertThat(line).contains("3 failed attempts", nobody.address(), "Connection refused"));
        }
    }

    @ParameterizedTest
    @CsvSource({"INT, 130", "TERM, 143", "HUP, 129"})
    void a_signal_ends_it_and_the_peer_sees_no_clean_end(String signal, int status) throws Exception {
        try (RawServer server = new RawServer();
                SendProcess send = SendProcess.start(
                        builder -> builder.environment().put("TMPDIR", folder.toString()), "-s", server.address())) {
            send.type("half");
            RawServer.Peer peer = server.accept();
            peer.readHeader();
            assertThat(peer.read(4)).isEqualTo("half");
            send.signal(signal);
            assertThat(send.exit()).isEqualTo(status);
            assertThatThrownBy(peer::readRest).isInstanceOf(IOException.class);
            assertThat(send.err()).isEmpty();
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void a_signal_ends_a_wait_too() throws Exception {
        try (ReservedPort nobody = new ReservedPort();
                SendProcess send = SendProcess.start("--timeout", "1h", "--jitter", "0", "-s", nobody.address())) {
            send.awaitErr("next attempt at " + nobody.address() + " in 1:00:00");
            send.signal("INT");
            assertThat(send.exit()).isEqualTo(ExitStatus.INTERRUPTED);
        }
    }
}
