package org.restream.examples;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.restream.ClientEvent;
import org.restream.ClientOptions;
import org.restream.Header;
import org.restream.MalformedHeaderException;
import org.restream.Outgoing;
import org.restream.Reconnect;
import org.restream.Refusal;
import org.restream.RefusedException;
import org.restream.Restream;
import org.restream.RestreamClient;
import org.restream.RestreamServer;
import org.restream.ServerEvent;
import org.restream.ServerOptions;
import org.restream.TryAgainException;
import org.restream.fake.FakeExchange;

/** Runs the code in docs/guide.md. {@link ReadmeTest} checks that the guide shows the same code. */
class GuideTest {
    @Test
    void a_server_and_a_client_in_stream_style() throws Exception {
        int port = 0;
        RestreamServer server = Restream.createServer((req, res) -> {
            String name = req.header().getString("name");
            res.header("greeting", "hello " + name);
            req.transferTo(res);
        });
        server.listen(port);
        String where = "127.0.0.1:" + server.address().getPort();

        String printed = Printed.by(() -> {
            ClientOptions options = ClientOptions.defaults().servers(where);
            RestreamClient client = Restream.createClient(options, (req, res) -> {
                req.header("name", "alice").end("a body");
                System.out.println(res.header() + " " + res.readText());
            });
            client.completion().get(30, SECONDS);
        });

        assertThat(printed).isEqualTo("{\"greeting\":\"hello alice\"} a body\n");
        server.close();
    }

    @Test
    void options_are_copies() throws Exception {
        ServerOptions options = ServerOptions.defaults()
                .host("0.0.0.0")
                .port(0)
                .idleTimeout(Duration.ofMinutes(2))
                .listener(event -> System.out.println(event));

        RestreamServer server = Restream.createServer(options, (req, res) -> req.transferTo(res));

        String printed = Printed.by(() -> server.listen().close());

        assertThat(printed).startsWith("Listening[").endsWith("Closed[]\n");
    }

    @Test
    void an_answer_is_handed_out_of_the_handler() throws Exception {
        try (RestreamServer server = Echo.serve(0)) {
            ClientOptions options = to(server);
            CompletableFuture<String> answer = new CompletableFuture<>();
            RestreamClient client = Restream.createClient(options, (req, res) -> {
                req.end("a question");
                answer.complete(res.readText());
            });
            client.completion().get(30, SECONDS); // throws what the client failed with
            String text = answer.join();

            assertThat(text).isEqualTo("a question");
        }
    }

    @Test
    void headers_are_maps() throws MalformedHeaderException {
        Header header = Header.of("name", "alice", "tries", 3, "tags", List.of("a", "b"));
        String name = header.getString("name"); // null if there is no such field
        Long tries = header.getLong("tries"); // whole numbers are Long, others Double
        Object tags = header.get("tags"); // it is a Map<String, Object> that keeps the order of the fields
        Header same = Header.parse("{\"name\":\"alice\",\"tries\":3,\"tags\":[\"a\",\"b\"]}");

        assertThat(name).isEqualTo("alice");
        assertThat(tries).isEqualTo(3);
        assertThat(tags).isEqualTo(List.of("a", "b"));
        assertThat(same).isEqualTo(header).hasToString(header.toString());
    }

    @Test
    void a_large_request_while_the_answer_comes() throws Exception {
        try (RestreamServer server = Echo.serve(0)) {
            ClientOptions options = to(server);
            AtomicLong received = new AtomicLong();
            RestreamClient client = Restream.createClient(options, (req, res) -> {
                res.onData(chunk -> received.addAndGet(chunk.length)); // is called while the handler still writes
                for (int i = 0; i < 300; i++) {
                    req.write(new byte[100_000]);
                }
                req.end();
            });

            client.completion().get(30, SECONDS);
            assertThat(received).hasValue(30_000_000);
        }
    }

    @Test
    void a_large_request_from_a_second_thread() throws Exception {
        try (RestreamServer server = Echo.serve(0)) {
            ClientOptions options = to(server);
            AtomicLong received = new AtomicLong();
            RestreamClient client = Restream.createClient(options, (req, res) -> {
                CompletableFuture<Void> written = CompletableFuture.runAsync(() -> writeMuch(req));
                received.set(res.readAllBytes().length);
                written.join(); // what it threw is thrown here, and aborts the exchange
            });

            client.completion().get(30, SECONDS);
            assertThat(received).hasValue(30_000_000);
        }
    }

    private static void writeMuch(Outgoing req) {
        try {
            for (int i = 0; i < 300; i++) {
                req.write(new byte[100_000]);
            }
            req.end();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void news_for_all_who_listen() throws Exception {
        CountDownLatch subscribed = new CountDownLatch(2);
        Set<Outgoing> subscribers = ConcurrentHashMap.newKeySet();
        RestreamServer server = Restream.createServer((req, res) -> {
            req.header(); // who they are
            res.keepOpen().header("news", "follow").flush(); // the handler's return does not end it
            subscribers.add(res);
            subscribed.countDown();
        });
        server.listen(0);
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        RestreamClient first = Restream.createClient(to(server), (req, res) -> {
            req.end();
            res.onText(heard::add);
        });
        RestreamClient second = Restream.createClient(to(server), (req, res) -> {
            req.end();
            res.onText(heard::add);
        });
        assertThat(subscribed.await(30, SECONDS)).isTrue();

        publish(subscribers, "it rains");

        assertThat(heard.poll(30, SECONDS)).isEqualTo("it rains");
        assertThat(heard.poll(30, SECONDS)).isEqualTo("it rains");
        for (Outgoing subscriber : subscribers) {
            subscriber.end();
        }
        first.completion().get(30, SECONDS);
        second.completion().get(30, SECONDS);
        server.close();
    }

    static void publish(Set<Outgoing> subscribers, String news) {
        for (Outgoing subscriber : subscribers) {
            try {
                subscriber.write(news);
                subscriber.flush();
            } catch (IOException e) {
                subscribers.remove(subscriber); // it has gone, and comes back by itself
            }
        }
    }

    @Test
    void certificates_are_renewed_while_a_server_listens(@TempDir Path folder) throws Exception {
        KeyTool tool = new KeyTool(folder);
        tool.make("first");
        tool.make("second");
        char[] password = KeyTool.PASSWORD.toCharArray();
        Path first = tool.store("first");
        Path second = tool.store("second");
        Path trusted = tool.certificates();

        AtomicReference<SSLContext> current = new AtomicReference<>(SecureEcho.context(first, password, trusted));
        ServerOptions options = ServerOptions.defaults().port(0).tlsFrom(current::get);
        RestreamServer server = Restream.createServer(options, (req, res) -> req.transferTo(res));
        server.listen();

        SSLContext client = SecureEcho.context(first, password, trusted);
        String where = "localhost:" + server.address().getPort();
        assertThat(seenBy(client, where)).isEqualTo("CN=first");
        current.set(SecureEcho.context(second, password, trusted)); // for connections from now on
        assertThat(seenBy(client, where)).isEqualTo("CN=second");
        server.close();
    }

    private static String seenBy(SSLContext tls, String where) throws Exception {
        CompletableFuture<String> seen = new CompletableFuture<>();
        ClientOptions options = ClientOptions.defaults().servers(where).tls(tls);
        RestreamClient client = Restream.createClient(options, (req, res) -> {
            req.end();
            seen.complete(res.peerCertificate()
                    .orElseThrow()
                    .getSubjectX500Principal()
                    .getName());
        });
        client.completion().get(30, SECONDS);
        return seen.join();
    }

    @Test
    void events_are_a_log_and_a_gauge() throws Exception {
        BlockingQueue<Long> lost = new LinkedBlockingQueue<>();
        try (ReservedPort nobody = new ReservedPort()) {
            ClientOptions options = ClientOptions.defaults()
                    .servers(nobody.address())
                    .retryDelay(Duration.ofMillis(1))
                    .maxFailures(2)
                    .listener(event -> {
                        if (event instanceof ClientEvent.Failed failed) {
                            lost.add(failed.attempt());
                        }
                    });
            RestreamClient client = Restream.createClient(options);

            assertThat(client.completion()).failsWithin(Duration.ofSeconds(30));
            assertThat(lost).containsExactly(1L, 2L);
        }
    }

    @Test
    void alice_is_greeted() throws Exception {
        BlockingQueue<ServerEvent> events = new LinkedBlockingQueue<>();
        ServerOptions options = ServerOptions.defaults().port(0).listener(events::add);

        try (RestreamServer server = Restream.createServer(options, (req, res) -> res.end("hello"))) {
            server.listen();
            assertThat(Echo.say("127.0.0.1:" + server.address().getPort(), "hi"))
                    .isEqualTo("hello");
        }

        assertThat(events).hasAtLeastOneElementOfType(ServerEvent.Completed.class);
    }

    private static ClientOptions to(RestreamServer server) {
        return ClientOptions.defaults().servers("127.0.0.1:" + server.address().getPort());
    }

    /** The disk in the guide's server. */
    private interface Disk {
        boolean isFull();
    }

    @Test
    void a_server_says_no() throws Exception {
        AtomicBoolean full = new AtomicBoolean(true);
        Disk disk = full::get;
        RestreamServer server = Restream.createServer((req, res) -> {
            if (req.header().getString("token") == null) {
                throw new Refusal("a token is needed"); // for good
            }
            if (disk.isFull()) {
                throw new Refusal("the disk is full", Duration.ofMinutes(1)); // try again then
            }
            res.end("welcome");
        });
        server.listen(0);

        assertThatThrownBy(() -> Restream.createClient(to(server), (req, res) -> req.end())
                        .completion()
                        .get(30, SECONDS))
                .hasCauseInstanceOf(RefusedException.class)
                .hasMessageContaining("a token is needed");

        CountDownLatch refused = new CountDownLatch(1);
        CompletableFuture<String> answer = new CompletableFuture<>();
        ClientOptions options = to(server).listener(event -> {
            if (event instanceof ClientEvent.Waiting) {
                refused.countDown();
            }
        });
        try (RestreamClient client = Restream.createClient(options, (req, res) -> {
            req.header("token", "mine").end();
            answer.complete(res.readText());
        })) {
            assertThat(refused.await(30, SECONDS)).isTrue();
            full.set(false);
            client.retryNow();
            client.completion().get(30, SECONDS);
        }
        assertThat(answer).isCompletedWithValue("welcome");
        server.close();
    }

    @Test
    void a_client_asks_for_another_attempt() throws Exception {
        AtomicLong attempts = new AtomicLong();
        RestreamServer server = Restream.createServer(
                (req, res) -> res.header("expected", "right").end(attempts.incrementAndGet() < 3 ? "wrong" : "right"));
        server.listen(0);
        ClientOptions options = to(server).retryDelay(Duration.ofMillis(1));

        RestreamClient client = Restream.createClient(options, (req, res) -> {
            req.end("a question");
            String answer = res.readText(1_000_000);
            if (!answer.equals(res.header().getString("expected"))) {
                throw new TryAgainException("the answer is not what its header says");
            }
        });

        client.completion().get(30, SECONDS);
        assertThat(attempts).hasValue(3);
        server.close();
    }

    @Test
    void handlers_are_tested_without_sockets() {
        RestreamServer.Handler greeter = (req, res) -> {
            String name = req.header().getString("name");
            if (name == null) {
                throw new Refusal("a name is needed");
            }
            res.header("greeting", "hello " + name);
            req.transferTo(res);
        };

        FakeExchange.Result answer =
                FakeExchange.of(Header.of("name", "alice"), "a body").serve(greeter);
        assertThat(answer.header()).isEqualTo(Header.of("greeting", "hello alice"));
        assertThat(answer.text()).isEqualTo("a body");
        assertThat(answer.cause()).isEmpty();

        FakeExchange.Result refused = FakeExchange.of(Header.of(), "a body").serve(greeter);
        assertThat(refused.cause().orElseThrow()).isInstanceOf(Refusal.class);

        FakeExchange.Result cut =
                FakeExchange.of(Header.of("name", "alice"), "half a bo").lost().serve(greeter);
        assertThat(cut.isWhole()).isFalse(); // the peer got a reset
    }

    /** The lines to send in the guide's client. */
    private static final class Lines {
        private final Queue<String> lines = new ConcurrentLinkedQueue<>();
        private final Semaphore added = new Semaphore(0);

        void add(String line) {
            lines.add(line);
            added.release();
        }

        String peek() {
            return lines.peek();
        }

        void remove() {
            lines.remove();
        }

        void awaitNext() throws InterruptedException {
            added.acquire();
        }
    }

    @Test
    void a_queue_is_shipped_and_a_loss_is_heard_of_while_it_is_empty() throws Exception {
        Lines lines = new Lines();
        BlockingQueue<String> received = new LinkedBlockingQueue<>();
        CountDownLatch lost = new CountDownLatch(1);
        RestreamServer first = Restream.createServer((req, res) -> req.lines().forEach(received::add));
        first.listen(0);
        int port = first.address().getPort();
        ClientOptions options = to(first).retryDelay(Duration.ofMillis(1)).listener(event -> {
            if (event instanceof ClientEvent.Lost) {
                lost.countDown();
            }
        });

        RestreamClient client = Restream.createClient(options.reconnect(Reconnect.ALWAYS), (req, res) -> {
            while (true) {
                String line = lines.peek(); // taken only when it has been sent
                if (line == null) {
                    req.flush();
                    lines.awaitNext(); // a loss interrupts it: the handler is called again
                } else {
                    req.write(line + "\n");
                    lines.remove();
                }
            }
        });

        lines.add("one");
        assertThat(received.poll(30, SECONDS)).isEqualTo("one");
        first.close(Duration.ZERO);
        assertThat(lost.await(30, SECONDS)).isTrue();
        RestreamServer second = Restream.createServer((req, res) -> req.lines().forEach(received::add));
        second.listen(port);
        lines.add("two");
        assertThat(received.poll(30, SECONDS)).isEqualTo("two");
        client.close();
        second.close(Duration.ZERO);
    }
}
