package org.restream.reliability.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.restream.ClientOptions;
import org.restream.Header;
import org.restream.Restream;
import org.restream.RestreamServer;
import org.restream.RestreamSession;
import org.restream.ServerOptions;
import org.restream.SessionLimits;

/** The peer in JavaScript is refused, cancels, breaks a checksum, is told that nobody reads, and meets wrong frames. */
class SessionPeerEndsTest {
    @TempDir
    Path folder;

    private static ServerOptions quiet() {
        return ServerOptions.defaults().port(0).listener(event -> {});
    }

    @Test
    void a_server_without_sessions_says_disabled() throws Exception {
        try (RestreamServer server = Restream.createServer(quiet(), (req, res) -> res.end(req.readText()))
                        .listen(0);
                JavaScriptPeer peer =
                        new JavaScriptPeer(folder, "refused", server.address().getPort())) {
            assertThat(peer.next()).isEqualTo(Header.of("new", "disabled", "retryMs", -1));
        }
    }

    @Test
    void a_full_server_says_busy_and_when_to_come_again() throws Exception {
        CountDownLatch open = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        SessionLimits one = SessionLimits.defaults().sessions(1);
        try (RestreamServer server = Restream.createServer(quiet().sessions(one), (req, res) -> {
                            open.countDown();
                            over.await();
                        })
                        .listen(0);
                RestreamSession session = Restream.createSession(ClientOptions.defaults()
                        .servers("127.0.0.1:" + server.address().getPort())
                        .listener(event -> {}))) {
            CompletableFuture<String> first = session.exchangeAsync((req, res) -> {
                req.end("stays open");
                return res.readText();
            });
            assertThat(open.await(30, TimeUnit.SECONDS)).isTrue();
            try (JavaScriptPeer peer =
                    new JavaScriptPeer(folder, "refused", server.address().getPort())) {
                Header refusal = peer.next();
                assertThat(refusal.getString("new")).isEqualTo("busy");
                assertThat(refusal.getLong("retryMs")).isPositive();
            } finally {
                over.countDown();
            }
            assertThat(first.get(30, TimeUnit.SECONDS)).isEmpty();
        }
    }

    @Test
    void bad_first_lines_are_refused_beside_a_session_that_goes_on() throws Exception {
        try (RestreamServer server = Restream.createServer(quiet().sessions(SessionLimits.defaults()), (req, res) -> {
                            res.header("id", req.header().getLong("id"));
                            res.flush();
                            res.end(req.readText());
                        })
                        .listen(0);
                JavaScriptPeer peer =
                        new JavaScriptPeer(folder, "refused", server.address().getPort())) {
            assertThat(peer.next())
                    .isEqualTo(Header.of(
                            "version",
                            "version",
                            "malformed",
                            "malformed",
                            "again",
                            "fenced",
                            "stranger",
                            "unknown-session",
                            "body",
                            "goes on"));
        }
    }

    @Test
    void a_cancel_and_a_wrong_checksum_end_their_exchange_alone() throws Exception {
        Transfers transfers = new Transfers(100_000, 1);
        try (RestreamServer server = Restream.createServer(
                                quiet().sessions(SessionLimits.defaults()), transfers::answer)
                        .listen(0);
                JavaScriptPeer peer =
                        new JavaScriptPeer(folder, "cuts", server.address().getPort())) {
            assertThat(peer.next()).isEqualTo(Header.of("code", 6, "outcome", "aborted"));
            Header third = peer.next();
            await().atMost(20, TimeUnit.SECONDS).until(() -> transfers.seen().containsKey(3L));
            assertThat(transfers.seen().get(3L))
                    .isEqualTo(new Transfers.Seen(third.getString("received"), third.getString("sent")));
            assertThat(peer.next()).isEqualTo(Header.of("end", 1));
            assertThat(transfers.calls()).containsKeys(1L, 3L);
            assertThat(transfers.calls().values()).containsOnly(1);
            assertThat(transfers.seen()).containsOnlyKeys(3L);
        }
    }

    /** The server reads no more of the requests, and the peer ends them: its writers do not wait, and the answers are whole. */
    @Test
    void requests_that_nobody_reads_end_and_their_answers_arrive() throws Exception {
        try (RestreamServer server = Restream.createServer(quiet().sessions(SessionLimits.defaults()), (req, res) -> {
                            res.header("id", req.header().getLong("id"));
                            res.end("early");
                        })
                        .listen(0);
                JavaScriptPeer peer =
                        new JavaScriptPeer(folder, "client", server.address().getPort(), 2, 1_000_000)) {
            for (Header exchange : peer.next(2)) {
                assertThat(exchange.getLong("answered")).isEqualTo(exchange.getLong("id"));
                assertThat(exchange.getString("received"))
                        .isEqualTo("f408830bcc7fab370819172244aa32e3ba66a848835911c02629d9a4dff77992");
            }
            assertThat(peer.next()).isEqualTo(Header.of("resumed", 0, "end", 1));
        }
    }

    /** What breaks the protocol ends the session by B PROTOCOL: an unknown frame, a wrong offset, a number out of order … */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "510000000000000000000000",
                "440100000800000000000002" + "0000000000000000",
                "440100000900000000000001" + "000000000000000061" + "440000000900000000000001" + "000000000000000561",
                "440100000900000000000001" + "000000000000000061" + "410000001800000000000001"
                        + "000000000000000500000000000000000000000000010000",
                "580000000c00000000000001" + "000000000000000000000000",
                "4b0000000800000000000000" + "0000000000000000",
                "4d0000000800000000000000" + "0000000000000009",
                "5a0000000800000000000000" + "0000000000000000"
            })
    void a_frame_that_is_wrong_ends_its_session(String frames) throws Exception {
        String line = "restream/1 new {\"session\":\"kq0n3mZtT8u1cQ5Zb0yJxg\","
                + "\"key\":\"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8\",\"epoch\":1,"
                + "\"keepMs\":60000,\"beatMs\":10000,\"window\":32768,\"maxFrame\":65536}\n";
        try (JavaScriptPeer peer = new JavaScriptPeer(folder, "server", 10);
                Socket socket =
                        new Socket("127.0.0.1", peer.next().getLong("port").intValue())) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write(line.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(HexFormat.of().parseHex(frames));
            String answer = HexFormat.of().formatHex(socket.getInputStream().readAllBytes());
            assertThat(answer).matches(".*0a(41.*)?42000000..0{14}00000003.*");
        }
    }
}
