package org.restream.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.restream.ClientEvent;
import org.restream.ClientOptions;
import org.restream.OutcomeUnknownException;
import org.restream.Restream;
import org.restream.RestreamSession;
import org.restream.SessionLimits;
import org.restream.internal.session.wire.Flags;
import org.restream.internal.session.wire.FrameEncoder;
import org.restream.internal.session.wire.Hello;
import org.restream.internal.session.wire.MemoryId;
import org.restream.internal.session.wire.SessionKey;
import org.restream.testing.Events;
import org.restream.testing.RawSession;
import org.restream.testing.ResettingRelay;

/** How a client comes back to its session: when, where, and how often; and what tells it that there is nothing to come back to. */
@Timeout(60)
class SessionReturnTest {
    private final Events<ClientEvent> events = new Events<>();
    private RestreamSession session;

    private CompletableFuture<String> ask(String... servers) {
        session = Restream.createSession(ClientOptions.defaults()
                .servers(servers)
                .retryDelay(Duration.ofMillis(20))
                .listener(events));
        return session.exchangeAsync((req, res) -> {
            req.end("question");
            return res.readText();
        });
    }

    @AfterEach
    void abort() {
        if (session != null) {
            session.abort();
        }
    }

    private static void isUnknown(CompletableFuture<String> answer) {
        assertThat(catchThrowable(() -> answer.get(20, TimeUnit.SECONDS)))
                .hasCauseInstanceOf(OutcomeUnknownException.class);
    }

    private static void answer(Socket resumed, RawSessionServer server, long epoch) throws Exception {
        server.welcome(resumed, epoch, 0);
        RawSessionServer.frames(resumed, out -> FrameEncoder.listed(out, 0));
        // the client opens it again, as nothing of it has come
        RawSessionServer.frames(resumed, out -> {
            RawSession.data(out, 1, Flags.OPEN | Flags.END, 0, "{}\n\nwell");
        });
    }

    @Test
    void a_server_that_accepts_and_fails_at_once_is_asked_after_longer_and_longer_waits() throws Exception {
        try (RawSessionServer server = new RawSessionServer()) {
            CompletableFuture<String> unused = ask(server.address());
            server.beginAndReset();
            long began = System.nanoTime();
            for (int epoch = 2; epoch <= 6; epoch++) {
                Socket next = server.accept();
                assertThat(server.hello(next)).isInstanceOf(Hello.Resume.class);
                server.welcome(next, epoch, 0);
                RawSessionServer.reset(next);
            }
            // 0, 0.1, 0.2, 0.4 and 0.8 s, a fifth more or less
            assertThat(System.nanoTime() - began).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(1_100));
        }
    }

    @Test
    void who_does_not_know_the_sessions_key_ends_it() throws Exception {
        try (RawSessionServer server = new RawSessionServer()) {
            CompletableFuture<String> answer = ask(server.address());
            server.beginAndReset();
            Socket next = server.accept();
            server.hello(next);
            server.welcome(next, 2, 0, SessionKey.random(RawSession.RANDOM));
            isUnknown(answer);
            assertThat(events.names()).doesNotContain("Resumed");
        }
    }

    @Test
    void one_answer_from_another_process_is_not_the_end() throws Exception {
        try (RawSessionServer server = new RawSessionServer()) {
            CompletableFuture<String> answer = ask(server.address());
            server.beginAndReset();
            Socket strange = server.accept();
            server.hello(strange);
            RawSessionServer.refuse(strange, "unknown-session", MemoryId.random(RawSession.RANDOM));
            Socket right = server.accept();
            server.hello(right);
            answer(right, server, 3);
            assertThat(answer.get(20, TimeUnit.SECONDS)).isEqualTo("well");
            assertThat(events.names())
                    .containsSubsequence("Away", "ResumeFailed", "Resumed")
                    .doesNotContain("Failed");
            assertThat(events.all(ClientEvent.ResumeFailed.class))
                    .singleElement()
                    .satisfies(failed -> assertThat(failed.epoch()).isEqualTo(2));
        }
    }

    @Test
    void an_answer_of_something_else_on_the_way_is_not_the_end() throws Exception {
        List<String> pages = List.of(
                "HTTP/1.1 503 Service Unavailable\r\n\r\n",
                "\n",
                "\u0015\u0003\u0001\u0000\u0002\u0002\u0046",
                "r".repeat(5_000),
                "restream/2 welcome {}\n");
        try (RawSessionServer server = new RawSessionServer()) {
            CompletableFuture<String> answer = ask(server.address());
            server.beginAndReset();
            for (String page : pages) {
                try (Socket proxy = server.accept()) {
                    server.hello(proxy);
                    proxy.getOutputStream().write(page.getBytes(StandardCharsets.ISO_8859_1));
                    proxy.shutdownOutput();
                    proxy.getInputStream().readAllBytes();
                } catch (SocketException e) {
                    // the client has reset it
                }
            }
            Socket right = server.accept();
            server.hello(right);
            answer(right, server, 2 + pages.size());
            assertThat(answer.get(20, TimeUnit.SECONDS)).isEqualTo("well");
            assertThat(events.all(ClientEvent.ResumeFailed.class)).hasSize(pages.size());
        }
    }

    @Test
    void an_answer_on_the_plain_wire_is_the_end() throws Exception {
        try (RawSessionServer server = new RawSessionServer()) {
            CompletableFuture<String> answer = ask(server.address());
            server.beginAndReset();
            try (Socket plain = server.accept()) {
                server.hello(plain);
                plain.getOutputStream().write("{}\n\n".getBytes(StandardCharsets.ISO_8859_1));
                Throwable thrown = catchThrowable(() -> answer.get(20, TimeUnit.SECONDS));
                assertThat(thrown).hasMessageContaining("the server speaks no sessions");
            }
        }
    }

    @Test
    void two_of_them_in_a_row_are_or_one_from_where_the_session_was() throws Exception {
        for (boolean same : new boolean[] {false, true}) {
            try (RawSessionServer server = new RawSessionServer()) {
                CompletableFuture<String> answer = ask(server.address());
                server.beginAndReset();
                for (int i = 0; i < (same ? 1 : 2); i++) {
                    Socket strange = server.accept();
                    server.hello(strange);
                    RawSessionServer.refuse(
                            strange, "unknown-session", same ? server.memory : MemoryId.random(RawSession.RANDOM));
                }
                isUnknown(answer);
                session.abort();
            }
        }
    }

    @Test
    void a_refusal_that_asks_for_patience_gets_it() throws Exception {
        try (RawSessionServer server = new RawSessionServer()) {
            CompletableFuture<String> answer = ask(server.address());
            server.beginAndReset();
            Socket busy = server.accept();
            server.hello(busy);
            long began = System.nanoTime();
            busy.getOutputStream()
                    .write("restream/1 refuse {\"code\":\"busy\",\"retryMs\":700}\n".getBytes(StandardCharsets.UTF_8));
            busy.shutdownOutput();
            Socket next = server.accept();
            assertThat(System.nanoTime() - began).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(690));
            server.hello(next);
            answer(next, server, 3);
            assertThat(answer.get(20, TimeUnit.SECONDS)).isEqualTo("well");
        }
    }

    @Test
    void where_its_address_is_gone_it_asks_at_the_others() throws Exception {
        CompletableFuture<Void> runs = new CompletableFuture<>();
        CompletableFuture<Void> go = new CompletableFuture<>();
        try (SessionPair pair = SessionPair.of(SessionPair.options(SessionLimits.defaults()), (req, res) -> {
                    runs.complete(null);
                    go.get(20, TimeUnit.SECONDS);
                    res.end(req.readText());
                });
                ResettingRelay home = new ResettingRelay(pair.server.address(), List.of());
                ResettingRelay other = new ResettingRelay(pair.server.address(), List.of())) {
            CompletableFuture<String> answer = ask(home.address(), other.address());
            runs.get(20, TimeUnit.SECONDS);
            home.cutAndRefuse();
            assertThat(events.await(ClientEvent.Resumed.class).server().toString())
                    .isEqualTo(other.address());
            go.complete(null);
            assertThat(answer.get(20, TimeUnit.SECONDS)).isEqualTo("question");
        }
    }
}
