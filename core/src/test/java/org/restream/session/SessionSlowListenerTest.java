package org.restream.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.restream.ClientOptions;
import org.restream.Restream;
import org.restream.RestreamServer;
import org.restream.RestreamSession;
import org.restream.ServerEvent;
import org.restream.ServerOptions;
import org.restream.SessionLimits;

/** A server's listener that is slow slows the clients of its sessions down: what it has not heard of yet does not pile up. */
class SessionSlowListenerTest {
    private static final int PLACES = 4;
    private static final int EXCHANGES = 50 * PLACES;

    private final CountDownLatch listening = new CountDownLatch(1);
    private final CountDownLatch go = new CountDownLatch(1);
    private final AtomicInteger handled = new AtomicInteger();
    private final AtomicInteger completed = new AtomicInteger();
    private final List<CompletableFuture<String>> answers = new ArrayList<>();
    private RestreamServer server;
    private RestreamSession session;

    @BeforeEach
    void ask() throws IOException {
        ServerOptions options = ServerOptions.defaults()
                .sessions(SessionLimits.defaults().exchanges(PLACES))
                .listener(this::heard);
        server = Restream.createServer(options, (req, res) -> {
                    handled.incrementAndGet();
                    res.end(req.readText());
                })
                .listen(0);
        session = Restream.createSession(ClientOptions.defaults()
                .servers("127.0.0.1:" + server.address().getPort())
                .listener(event -> {}));
        for (int i = 0; i < EXCHANGES; i++) {
            String question = "question " + i;
            answers.add(session.exchangeAsync((req, res) -> {
                req.end(question);
                return res.readText();
            }));
        }
    }

    @AfterEach
    void close() {
        go.countDown();
        session.abort();
        server.close(Duration.ZERO);
    }

    private void heard(ServerEvent event) throws InterruptedException {
        if (event instanceof ServerEvent.Completed) {
            listening.countDown();
            assertThat(go.await(30, TimeUnit.SECONDS)).isTrue();
            completed.incrementAndGet();
        }
    }

    private void awaitSlow() throws InterruptedException {
        assertThat(listening.await(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void no_more_exchanges_begin_than_there_are_places_for_until_it_goes_on() throws Exception {
        awaitSlow();
        int most = handled.get() + PLACES;
        await().during(Duration.ofMillis(200)).atMost(Duration.ofSeconds(10)).until(() -> handled.get() <= most);

        go.countDown();
        for (int i = 0; i < EXCHANGES; i++) {
            assertThat(answers.get(i).get(30, TimeUnit.SECONDS)).isEqualTo("question " + i);
        }
        await().atMost(Duration.ofSeconds(30)).until(() -> completed.get() == EXCHANGES);
        assertThat(handled).hasValue(EXCHANGES);
    }

    @Test
    void a_close_meanwhile_ends_once_it_goes_on() throws Exception {
        awaitSlow();
        CompletableFuture<Void> closed = CompletableFuture.runAsync(() -> server.close(Duration.ZERO));
        go.countDown();
        closed.get(30, TimeUnit.SECONDS);
        session.abort();
        for (CompletableFuture<String> answer : answers) {
            assertThat(answer.handle((value, error) -> "over").get(30, TimeUnit.SECONDS))
                    .isEqualTo("over");
        }
    }
}
