package org.restream.reliability.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.restream.ClientEvent;
import org.restream.ClientOptions;
import org.restream.Header;
import org.restream.Restream;
import org.restream.RestreamClient;
import org.restream.RestreamServer;
import org.restream.ServerOptions;
import org.restream.testing.Events;
import org.restream.testing.Sight;
import org.restream.testing.TestCa;

/** A proxy without half-close: when the request has ended, it closes both directions. */
class HalfCloseTest {
    private static final TestCa CA = new TestCa();
    private static final SSLContext SERVER = CA.context(CA.issue("127.0.0.1"));

    private final Events<ClientEvent> events = new Events<>();
    private RestreamServer server;
    private FaultProxy proxy;

    private ClientOptions options(ServerOptions options, RestreamServer.Handler handler) throws Exception {
        server = Restream.createServer(options, handler).listen(0);
        proxy = new FaultProxy(server.address());
        proxy.plan(Fault.FULL_CLOSE);
        return ClientOptions.defaults()
                .servers(proxy.address())
                .retryDelay(Duration.ZERO)
                .listener(events);
    }

    @AfterEach
    void close() throws Exception {
        proxy.close();
        server.close(Duration.ZERO);
    }

    private static void complete(ClientOptions options, RestreamClient.Handler handler) throws Exception {
        try (RestreamClient client = Restream.createClient(options, handler)) {
            client.completion().get(30, TimeUnit.SECONDS);
        }
    }

    /** As documented for plain TCP: the answer is lost, and the client sees an empty message instead. */
    @Test
    void makes_an_empty_message_of_the_answer_which_is_one_only_where_that_is_allowed() throws Exception {
        ClientOptions options = options(ServerOptions.defaults(), (req, res) -> {
                    req.readAllBytes();
                    res.header("well", 1).end("answer");
                })
                .allowEmptyAnswer(true);
        Sight sight = new Sight();
        complete(options, (req, res) -> {
            req.end("question");
            sight.read(res);
        });
        sight.was(Header.of(), "", "end");
        assertThat(events.names()).containsExactly("Connecting", "Connected", "Completed", "Closed");
    }

    @Test
    void is_a_loss_over_TLS() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        ClientOptions options = options(ServerOptions.defaults().tls(SERVER), (req, res) -> {
            req.readAllBytes();
            if (calls.incrementAndGet() == 1) {
                // close_notify comes before the FIN, so an immediate answer might be faster than the proxy's close
                proxy.connection().up().struck().get(30, TimeUnit.SECONDS);
            }
            res.header("well", 1).end("answer");
        });
        complete(options.tls(CA.context()), (req, res) -> {
            req.end("question");
            assertThat(res.readText()).isEqualTo("answer");
        });
        assertThat(events.names())
                .containsExactly("Connecting", "Connected", "Lost", "Connecting", "Connected", "Completed", "Closed");
    }

    /** The documented workaround: the request ends after the answer. */
    @Test
    void does_no_harm_where_the_request_ends_after_the_answer() throws Exception {
        ClientOptions options = options(ServerOptions.defaults(), (req, res) -> {
            byte[] question = req.readNBytes(Math.toIntExact(req.header().getLong("size")));
            res.header("well", 1).end(question);
        });
        Sight sight = new Sight();
        complete(options, (req, res) -> {
            req.header("size", 8).write("question");
            sight.read(res);
            req.end();
        });
        sight.was(Header.of("well", 1), "question", "end");
        assertThat(events.names()).containsExactly("Connecting", "Connected", "Completed", "Closed");
    }
}
