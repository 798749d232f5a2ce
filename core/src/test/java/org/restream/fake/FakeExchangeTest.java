package org.restream.fake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.restream.ConnectionLostException;
import org.restream.Header;
import org.restream.Refusal;
import org.restream.RefusedException;
import org.restream.TryAgainException;
import org.restream.testing.TestCa;

/** Handlers with a peer in memory. {@link FakeAndRealTest} checks that they behave as over a socket. */
class FakeExchangeTest {
    private static final FakeExchange ALICE = FakeExchange.of(Header.of("name", "alice"), "a body");

    @Test
    void a_servers_handler_reads_and_answers() {
        FakeExchange.Result answer =
                ALICE.serve((req, res) -> res.header("got", req.header()).end(req.readText() + "!"));
        assertThat(answer.header()).isEqualTo(Header.of("got", Map.of("name", "alice")));
        assertThat(answer.text()).isEqualTo("a body!");
        assertThat(answer.isWhole()).isTrue();
        assertThat(answer.cause()).isEmpty();
    }

    @Test
    void a_clients_handler_asks_and_hears() {
        List<String> heard = new ArrayList<>();
        FakeExchange.Result request = ALICE.ask((req, res) -> {
            req.header("a", 1).end("a question");
            heard.add(res.header() + res.readText());
        });
        assertThat(heard).containsExactly("{\"name\":\"alice\"}a body");
        assertThat(request.header()).isEqualTo(Header.of("a", 1));
        assertThat(request.text()).isEqualTo("a question");
        assertThat(request.cause()).isEmpty();
    }

    @Test
    void listeners_get_what_comes_when_it_comes() throws Exception {
        PipedOutputStream peer = new PipedOutputStream();
        InputStream body = new PipedInputStream(peer);
        List<String> calls = new ArrayList<>();
        FakeExchange.Result answer = FakeExchange.of(Header.of(), body)
                .serve((req, res) -> req.onHeader(header -> {
                            calls.add("header");
                            peer.write("one".getBytes(StandardCharsets.UTF_8));
                            peer.flush();
                        })
                        .onText(text -> {
                            calls.add(text);
                            peer.close();
                        })
                        .onEnd(() -> {
                            calls.add("end");
                            res.end("bye");
                        }));
        assertThat(calls).containsExactly("header", "one", "end");
        assertThat(answer.text()).isEqualTo("bye");
        assertThat(answer.cause()).isEmpty();
    }

    @Test
    void a_body_that_is_cut_is_a_loss() {
        List<Class<?>> thrown = new ArrayList<>();
        FakeExchange.Result answer = FakeExchange.of(Header.of(), "half a bo")
                .lost()
                .serve((req, res) -> {
                    try {
                        req.readText();
                    } catch (IOException e) {
                        thrown.add(e.getClass());
                        throw e;
                    }
                });
        assertThat(thrown).containsExactly(ConnectionLostException.class);
        assertThat(answer.isWhole()).isFalse();
        assertThat(answer.cause().orElseThrow())
                .isInstanceOf(ConnectionLostException.class)
                .hasMessage("lost after the header, 9 body bytes received, 0 body bytes sent: Connection reset");
    }

    @Test
    void a_body_whose_stream_throws_is_a_loss_too() {
        InputStream failing = new PipedInputStream();
        FakeExchange.Result answer = FakeExchange.of(Header.of(), failing).serve((req, res) -> req.transferTo(res));
        assertThat(answer.cause().orElseThrow()).hasMessageEndingWith("Pipe not connected");
    }

    @Test
    void what_a_handler_throws_is_the_cause() {
        IllegalStateException bug = new IllegalStateException("a bug");
        FakeExchange.Result answer = ALICE.serve((req, res) -> {
            res.write("half");
            res.flush();
            throw bug;
        });
        assertThat(answer.cause()).containsSame(bug);
        assertThat(answer.text()).isEqualTo("half");
        assertThat(answer.isWhole()).isFalse();
        assertThat(answer)
                .hasToString(
                        "Result[header={}, body=4 bytes, whole=false, cause=java.lang.IllegalStateException: a bug]");
    }

    @Test
    void where_no_header_went_out_the_cause_says_why() {
        IllegalStateException bug = new IllegalStateException("a bug");
        FakeExchange.Result answer = ALICE.serve((req, res) -> {
            throw bug;
        });
        assertThatThrownBy(answer::header)
                .isInstanceOf(IllegalStateException.class)
                .hasCause(bug);
    }

    @Test
    void a_refusal_is_told_to_the_peer_and_is_the_cause() {
        FakeExchange.Result answer = ALICE.serve((req, res) -> {
            throw new Refusal("no room");
        });
        assertThat(answer.header()).isEqualTo(Header.of("refused", Map.of("reason", "no room")));
        assertThat(answer.isWhole()).isTrue();
        assertThat(answer.cause().orElseThrow()).isInstanceOf(Refusal.class);
    }

    @Test
    void an_answer_that_refuses_fails_the_client() {
        FakeExchange.Result request = FakeExchange.of(Header.of("refused", Map.of("reason", "no room")), "")
                .ask((req, res) -> {
                    req.end();
                    res.header();
                });
        assertThat(request.cause().orElseThrow()).isInstanceOf(RefusedException.class);
    }

    @Test
    void a_clients_wish_for_another_attempt_is_the_cause() {
        FakeExchange.Result request = ALICE.ask((req, res) -> {
            throw new TryAgainException("not good enough");
        });
        assertThat(request.cause().orElseThrow()).isInstanceOf(TryAgainException.class);
    }

    @Test
    void the_handler_runs_on_the_calling_thread() {
        List<Thread> threads = new ArrayList<>();
        ALICE.serve((req, res) -> threads.add(Thread.currentThread()));
        assertThat(threads).containsExactly(Thread.currentThread());
    }

    @Test
    void the_peer_is_who_it_was_said_to_be() {
        InetSocketAddress address = InetSocketAddress.createUnresolved("a.example", 7);
        TestCa ca = new TestCa();
        List<Object> seen = new ArrayList<>();
        ALICE.peer(address).peerCertificate(ca.certificate()).serve((req, res) -> {
            seen.add(req.peer());
            seen.add(req.peerCertificate().orElseThrow());
            seen.add(req.exchange());
        });
        ALICE.serve((req, res) -> seen.add(req.peer().getAddress().isLoopbackAddress()
                && req.peerCertificate().isEmpty()));
        assertThat(seen).containsExactly(address, ca.certificate(), 1L, true);
    }

    @Test
    void it_may_be_run_again_and_copies_change_nothing() {
        byte[] mine = {'a'};
        FakeExchange exchange = FakeExchange.of(Header.of(), mine);
        mine[0] = 'b';
        assertThat(exchange.lost().serve((req, res) -> req.transferTo(res)).cause())
                .isPresent();
        for (int i = 0; i < 2; i++) {
            assertThat(exchange.serve((req, res) -> req.transferTo(res)).body()).containsExactly('a');
        }
    }

    @Test
    void a_handler_that_forgets_the_end_fails_when_the_time_is_over() {
        FakeExchange brief = ALICE.limit(Duration.ofMillis(50));
        FakeExchange.Result listening = brief.serve((req, res) -> req.onText(text -> {}));
        assertThat(listening.cause().orElseThrow())
                .isInstanceOf(ConnectionLostException.class)
                .hasMessageContaining("the exchange has not ended within 50 ms");
        FakeExchange.Result keptOpen = brief.serve((req, res) -> res.keepOpen());
        assertThat(keptOpen.cause().orElseThrow()).hasMessageContaining("within 50 ms");
        FakeExchange.Result waiting = brief.serve((req, res) -> new CountDownLatch(1).await());
        assertThat(waiting.cause().orElseThrow()).hasMessageContaining("within 50 ms");
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void a_peer_that_says_nothing_more_is_ended_by_the_limit() throws Exception {
        try (PipedOutputStream silent = new PipedOutputStream()) {
            FakeExchange.Result answer = FakeExchange.of(Header.of(), new PipedInputStream(silent))
                    .limit(Duration.ofMillis(50))
                    .serve((req, res) -> req.transferTo(res));
            assertThat(answer.cause().orElseThrow()).hasMessageContaining("within 50 ms");
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
        }
    }

    @Test
    void a_loss_interrupts_a_clients_handler_that_waits_for_something_else() {
        FakeExchange.Result request = FakeExchange.of(Header.of(), "half a bo")
                .lost()
                .ask((req, res) -> {
                    req.end();
                    res.readNBytes(9);
                    new CountDownLatch(1).await();
                });
        assertThat(request.cause().orElseThrow())
                .isInstanceOf(ConnectionLostException.class)
                .hasMessageEndingWith("Connection reset");
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void a_limit_is_more_than_none() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ALICE.limit(Duration.ZERO))
                .withMessage("limit must be more than 0, not PT0S");
    }
}
