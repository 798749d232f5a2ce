package org.restream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.restream.testing.Events;
import org.restream.testing.ScriptedPeer;
import org.restream.testing.ScriptedPeer.Death;
import org.restream.testing.ScriptedPeer.Step;
import org.restream.testing.Sight;

/**
 * What a client sees when a server dies, and what it does next. The server answers {@code {"peer":1}} and {@code first
 * half}, and dies at one step of that. If it falls silent, idleTimeout ends the exchange.
 */
class DyingServerTest {
    private interface Style {
        void see(Sight sight, Incoming res) throws IOException;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', useHeadersInDisplayName = true, emptyValue = "", textBlock = """
            AT          | BY      | HEADER     | DATA         | ENDS WITH                                           | THEN
            ACCEPT      | FIN     |            | ''           | ConnectionLostException: without sending a byte     | Lost
            ACCEPT      | RST     |            | ''           | ConnectionLostException: before the header          | Lost
            ACCEPT      | SILENCE |            | ''           | ConnectionLostException: (idleTimeout)              | Lost
            HALF_HEADER | FIN     |            | ''           | MalformedHeaderException: inside the header, after 7 bytes  | Lost
            HALF_HEADER | RST     |            | ''           | ConnectionLostException: before the header          | Lost
            HALF_HEADER | SILENCE |            | ''           | ConnectionLostException: (idleTimeout)              | Lost
            HEADER      | FIN     | {"peer":1} | ''           | end                                                 | Completed
            HEADER      | RST     | {"peer":1} | ''           | ConnectionLostException: after the header, 0 body bytes received | Lost
            HEADER      | SILENCE | {"peer":1} | ''           | ConnectionLostException: (idleTimeout)              | Lost
            # a plain connection can't tell a killed peer's FIN from an end: the documented exception
            HALF_BODY   | FIN     | {"peer":1} | 'first'      | end                                                 | Completed
            HALF_BODY   | RST     | {"peer":1} | 'first'      | ConnectionLostException: 5 body bytes received      | Lost
            HALF_BODY   | SILENCE | {"peer":1} | 'first'      | ConnectionLostException: (idleTimeout)              | Lost
            END         | FIN     | {"peer":1} | 'first half' | end                                                 | Completed
            END         | RST     | {"peer":1} | 'first half' | ConnectionLostException: 10 body bytes received     | Lost
            END         | SILENCE | {"peer":1} | 'first half' | ConnectionLostException: (idleTimeout)              | Lost
            """)
    void a_server_that_dies(Step at, Death by, String header, String data, String ending, String then)
            throws Exception {
        Header known = header == null ? null : Header.parse(header);
        Sight streamed = dies(at, by, then, Sight::read);
        streamed.was(known, data, ending);
        Sight listened = dies(at, by, then, (sight, res) -> sight.listen(res, () -> {}));
        listened.was(known, data, ending);
    }

    private static Sight dies(Step at, Death by, String then, Style style) throws Exception {
        Sight sight = new Sight();
        Events<ClientEvent> events = new Events<>();
        AtomicBoolean again = new AtomicBoolean();
        try (ScriptedPeer peer = ScriptedPeer.server(at, by);
                RestreamServer next =
                        Restream.createServer((req, res) -> res.end("well")).listen(0)) {
            ClientOptions options = ClientOptions.defaults()
                    .servers(peer.address(), "127.0.0.1:" + next.address().getPort())
                    .retryDelay(Duration.ZERO)
                    .idleTimeout(by == Death.SILENCE ? Duration.ofMillis(300) : Duration.ZERO)
                    .listener(events);
            RestreamClient client = Restream.createClient(options, (req, res) -> {
                req.header("client", 1).end("body");
                if (!again.getAndSet(true)) {
                    style.see(sight, res);
                }
            });
            client.completion().get(30, TimeUnit.SECONDS);
            if (then.equals("Completed")) {
                assertThat(events.names()).containsExactly("Connecting", "Connected", "Completed", "Closed");
            } else {
                // on a busy machine the next server's exchange may be silent for too long as well
                assertThat(events.names())
                        .startsWith("Connecting", "Connected", "Lost", "Connecting")
                        .endsWith("Connected", "Completed", "Closed");
                assertThat(events.all(ClientEvent.Connecting.class).get(1).server())
                        .isEqualTo(options.servers().get(1));
            }
            assertThat(peer.heard()).startsWith("{\"client\":1}\n\nbody");
        }
        return sight;
    }
}
