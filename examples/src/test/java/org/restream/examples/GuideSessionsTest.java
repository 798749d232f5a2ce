package org.restream.examples;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.restream.ClientEvent;
import org.restream.ClientOptions;
import org.restream.ExchangeOptions;
import org.restream.NeverStartedException;
import org.restream.OutcomeUnknownException;
import org.restream.Restream;
import org.restream.RestreamClient;
import org.restream.RestreamServer;
import org.restream.RestreamSession;
import org.restream.ServerOptions;
import org.restream.SessionLimits;
import org.restream.SessionMode;

/** Runs the code of the chapter on sessions in docs/guide.md. */
class GuideSessionsTest {
    private static RestreamServer server(RestreamServer.Handler handler) throws Exception {
        ServerOptions options = ServerOptions.defaults()
                .port(0)
                .sessions(SessionLimits.defaults().keep(Duration.ofMinutes(5)));
        RestreamServer server = Restream.createServer(options, handler);
        return server.listen();
    }

    private static String at(RestreamServer server) {
        return "127.0.0.1:" + server.address().getPort();
    }

    @Test
    void one_exchange_of_a_client(@TempDir Path folder) throws Exception {
        Path file = Files.write(folder.resolve("file"), new byte[300_000]);
        try (RestreamServer server = server((req, res) -> res.end(req.readAllBytes().length + " bytes"))) {
            String where = at(server);
            Queue<String> answers = new ConcurrentLinkedQueue<>();

            ClientOptions options = ClientOptions.defaults().servers(where).session(SessionMode.REQUIRED);
            RestreamClient client = Restream.createClient(options, (req, res) -> {
                req.transferFrom(file); // goes on at the same byte after a loss
                req.end();
                answers.add(res.readText());
            });
            client.completion().get(30, SECONDS);

            assertThat(answers).containsExactly("300000 bytes");
        }
    }

    @Test
    void many_exchanges_of_a_session(@TempDir Path folder) throws Exception {
        Path file = Files.write(folder.resolve("file"), new byte[300_000]);
        try (RestreamServer server = server((req, res) -> res.end(req.readAllBytes().length + " bytes"))) {
            String where = at(server);

            try (RestreamSession session =
                    Restream.createSession(ClientOptions.defaults().servers(where))) {
                CompletableFuture<String> large = session.exchangeAsync((req, res) -> {
                    req.transferFrom(file);
                    req.end();
                    return res.readText();
                });
                ExchangeOptions quick = ExchangeOptions.defaults().timeout(Duration.ofSeconds(10));
                String small = session.exchange(quick, (req, res) -> { // while the other one runs
                    req.end("question");
                    return res.readText();
                });

                assertThat(small).isEqualTo("8 bytes");
                assertThat(large.get(30, SECONDS)).isEqualTo("300000 bytes");
            }
        }
    }

    @Test
    void an_exception_says_what_is_known() throws Exception {
        try (RestreamServer server = server((req, res) -> res.end("done"));
                RestreamSession session =
                        Restream.createSession(ClientOptions.defaults().servers(at(server)))) {
            Queue<String> said = new ConcurrentLinkedQueue<>();

            try {
                said.add(order(session));
            } catch (NeverStartedException e) {
                said.add(order(session)); // nothing has happened: ask again
            } catch (OutcomeUnknownException e) {
                said.add("look whether the order is there"); // it may have been done
            }

            assertThat(said).containsExactly("done");
        }
    }

    private static String order(RestreamSession session) throws Exception {
        return session.exchange((req, res) -> {
            req.end("one pizza");
            return res.readText();
        });
    }

    @Test
    void a_server_without_sessions() throws Exception {
        try (RestreamServer server = Echo.serve(0)) {
            // another name, since the addresses of servers with sessions are remembered
            String where = "localhost:" + server.address().getPort();
            Queue<ClientEvent> events = new ConcurrentLinkedQueue<>();

            ClientOptions options = ClientOptions.defaults()
                    .servers(where)
                    .session(SessionMode.PREFERRED)
                    .listener(event -> events.add(event)); // FellBack, if the server takes no sessions

            Restream.createClient(options, (req, res) -> req.end()).completion().get(30, SECONDS);
            assertThat(events).hasAtLeastOneElementOfType(ClientEvent.FellBack.class);
            assertThatThrownBy(
                            () -> Restream.createClient(options.session(SessionMode.REQUIRED), (req, res) -> req.end())
                                    .completion()
                                    .get(30, SECONDS))
                    .hasCauseInstanceOf(NeverStartedException.class);
        }
    }
}
