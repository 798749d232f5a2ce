package org.restream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.restream.testing.Events;

/**
 * Peers that end without a byte: load balancers with no server behind them, port scans, and simple-protocol's empty
 * messages.
 */
class EmptyMessageTest {
    /** How a peer ends that has sent nothing. */
    enum End {
        /** It reads to the end of our message, then closes. */
        FIN_AFTER_REQUEST,
        FIN_AT_ONCE,
        RESET;

        void end(Socket socket) throws IOException {
            if (this == FIN_AFTER_REQUEST) {
                socket.getInputStream().readAllBytes();
            } else if (this == RESET) {
                socket.setSoLinger(true, 0);
            }
            socket.close();
        }
    }

    private final Events<ClientEvent> events = new Events<>();
    private ServerSocket listening;

    @BeforeEach
    void listen() throws Exception {
        listening = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    }

    @AfterEach
    void close() throws Exception {
        listening.close();
    }

    private void accept(End end, String answer) {
        Thread thread = new Thread(() -> {
            while (!listening.isClosed()) {
                try (Socket socket = listening.accept()) {
                    socket.getOutputStream().write(answer.getBytes(UTF_8));
                    if (end == End.RESET) {
                        // an immediate reset can make the connect fail
                        assertThat(socket.getInputStream().read()).isPositive();
                    }
                    end.end(socket);
                } catch (IOException e) {
                    // the client has disconnected, or the test is over
                    continue;
                }
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private ClientOptions options() {
        return ClientOptions.defaults()
                .servers("127.0.0.1:" + listening.getLocalPort())
                .retryDelay(Duration.ofMillis(1))
                .listener(events);
    }

    @ParameterizedTest
    @EnumSource
    void a_server_that_says_nothing_has_not_answered(End end) throws Exception {
        accept(end, "");
        try (RestreamClient client =
                Restream.createClient(options().maxFailures(3), (req, res) -> req.end("pay 100"))) {
            assertThatThrownBy(() -> client.completion().get(30, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(GaveUpException.class)
                    .hasMessageContaining("gave up after 3 failed attempts in a row");
        }
        // a reset can come before the connection is made
        assertThat(events.all(ClientEvent.Lost.class).size()
                        + events.all(ClientEvent.Failed.class).size())
                .isEqualTo(3);
        assertThat(events.all(ClientEvent.Completed.class)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void nor_where_only_connecting_is_tried_again(End end) throws Exception {
        accept(end, "");
        ClientOptions once = options().reconnect(Reconnect.UNTIL_CONNECTED);
        try (RestreamClient client = Restream.createClient(once, (req, res) -> req.end("pay 100"))) {
            assertThatThrownBy(() -> client.completion().get(30, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(ConnectionLostException.class);
        }
    }

    @Test
    void the_handler_that_reads_hears_it_in_both_styles() throws Exception {
        accept(End.FIN_AFTER_REQUEST, "");
        CompletableFuture<String> read = new CompletableFuture<>();
        ClientOptions once = options().reconnect(Reconnect.UNTIL_CONNECTED);
        try (RestreamClient client = Restream.createClient(once, (req, res) -> {
            req.end();
            try {
                read.complete("got " + res.readText());
            } catch (ConnectionLostException e) {
                read.complete(e.getMessage());
                throw e;
            }
        })) {
            assertThat(read.get(30, TimeUnit.SECONDS))
                    .isEqualTo("the peer ended the connection without sending a byte");
        }
        CompletableFuture<String> heard = new CompletableFuture<>();
        try (RestreamClient client = Restream.createClient(once, (req, res) -> {
            res.onEnd(() -> heard.complete("end")).onError(e -> heard.complete(e.getMessage()));
            req.end();
        })) {
            assertThat(heard.get(30, TimeUnit.SECONDS))
                    .isEqualTo("the peer ended the connection without sending a byte");
        }
    }

    @Test
    void where_it_is_allowed_it_is_an_answer_as_the_original_gives_it() throws Exception {
        accept(End.FIN_AFTER_REQUEST, "");
        try (RestreamClient client =
                Restream.createClient(options().allowEmptyAnswer(true), (req, res) -> req.end("hello"))) {
            client.completion().get(30, TimeUnit.SECONDS);
        }
        assertThat(events.all(ClientEvent.Completed.class)).hasSize(1);
    }

    @Test
    void a_header_alone_is_an_answer() throws Exception {
        accept(End.FIN_AFTER_REQUEST, "{}\n\n");
        try (RestreamClient client = Restream.createClient(options(), (req, res) -> req.end("hello"))) {
            client.completion().get(30, TimeUnit.SECONDS);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_server_that_allows_no_empty_request_makes_nothing_of_it(End end) throws Exception {
        Events<ServerEvent> told = new Events<>();
        AtomicInteger requests = new AtomicInteger();
        ServerOptions options =
                ServerOptions.defaults().port(0).allowEmptyRequest(false).listener(told);
        try (RestreamServer server = Restream.createServer(options, (req, res) -> {
                    req.header();
                    requests.incrementAndGet();
                })
                .listen()) {
            try (Socket socket = new Socket("127.0.0.1", server.address().getPort())) {
                socket.shutdownOutput();
                end.end(socket);
            } catch (IOException e) {
                // the server resets a connection without a request
                assertThat(end).isEqualTo(End.FIN_AFTER_REQUEST);
            }
            told.await(ServerEvent.NoRequest.class);
        }
        assertThat(requests).hasValue(0);
        assertThat(told.names()).containsExactly("Listening", "Accepted", "NoRequest", "Closed");
    }

    @Test
    void by_default_an_empty_request_is_one() throws Exception {
        try (RestreamServer server = Restream.createServer(
                        ServerOptions.defaults().port(0),
                        (req, res) -> res.header("got", req.header()).end())
                .listen()) {
            try (Socket socket = new Socket("127.0.0.1", server.address().getPort())) {
                socket.shutdownOutput();
                assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8))
                        .isEqualTo("{\"got\":{}}\n\n");
            }
        }
    }
}
