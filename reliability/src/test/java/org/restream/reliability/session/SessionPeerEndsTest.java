package org.restream.reliability.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.restream.ClientOptions;
import org.restream.Header;
import org.restream.Restream;
import org.restream.RestreamServer;
import org.restream.RestreamSession;
import org.restream.ServerOptions;
import org.restream.SessionLimits;

/** The peer in JavaScript is refused, cancels, and breaks a checksum. */
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
}
