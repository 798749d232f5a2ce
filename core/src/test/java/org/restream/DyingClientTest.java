package org.restream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.restream.testing.Events;
import org.restream.testing.ScriptedPeer;
import org.restream.testing.ScriptedPeer.Death;
import org.restream.testing.ScriptedPeer.Step;
import org.restream.testing.Sight;

/**
 * What a server sees and reports when a client dies. The client sends {@code {"peer":1}} and {@code first half}, and
 * dies at one step of that. If it falls silent, headerTimeout ends the exchange before the header is whole, and
 * idleTimeout after that.
 */
class DyingClientTest {
    private interface Style {
        void answer(Sight sight, Incoming req, Outgoing res) throws IOException;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', useHeadersInDisplayName = true, textBlock = """
            AT          | BY      | HEADER     | DATA         | ENDS WITH                                           | REPORT
            ACCEPT      | FIN     |            | ''           | end                                                 | Completed
            ACCEPT      | RST     |            | ''           | ConnectionLostException: before the header          | Failed
            ACCEPT      | SILENCE |            | ''           | MalformedHeaderException: only 0 bytes of one       | Rejected
            HALF_HEADER | FIN     |            | ''           | MalformedHeaderException: inside the header, after 7 bytes  | Rejected
            HALF_HEADER | RST     |            | ''           | ConnectionLostException: before the header          | Failed
            HALF_HEADER | SILENCE |            | ''           | MalformedHeaderException: only 7 bytes of one       | Rejected
            HEADER      | FIN     | {"peer":1} | ''           | end                                                 | Completed
            HEADER      | RST     | {"peer":1} | ''           | ConnectionLostException: after the header, 0 body bytes received | Failed
            HEADER      | SILENCE | {"peer":1} | ''           | ConnectionLostException: (idleTimeout)              | Failed
            # a plain connection can't tell a killed peer's FIN from an end: the documented exception
            HALF_BODY   | FIN     | {"peer":1} | 'first'      | end                                                 | Completed
            HALF_BODY   | RST     | {"peer":1} | 'first'      | ConnectionLostException: 5 body bytes received      | Failed
            HALF_BODY   | SILENCE | {"peer":1} | 'first'      | ConnectionLostException: (idleTimeout)              | Failed
            END         | FIN     | {"peer":1} | 'first half' | end                                                 | Completed
            END         | RST     | {"peer":1} | 'first half' | ConnectionLostException: 10 body bytes received     | Failed
            END         | SILENCE | {"peer":1} | 'first half' | ConnectionLostException: (idleTimeout)              | Failed
            """)
    void a_client_that_dies(Step at, Death by, String header, String data, String ending, String report)
            throws Exception {
        // in stream style an empty message has an empty header; in event style there is no header event
        Header known = header == null ? null : Header.parse(header);
        Header read = ending.equals("end") && known == null ? Header.of() : known;
        Sight streamed = dies(at, by, report, (sight, req, res) -> {
            sight.read(req);
            res.end("well");
        });
        streamed.was(read, data, ending);
        Sight listened = dies(at, by, report, (sight, req, res) -> {
            sight.listen(req, () -> res.end("well"));
        });
        listened.was(known, data, ending);
    }

    private static Sight dies(Step at, Death by, String report, Style style) throws Exception {
        Sight sight = new Sight();
        Events<ServerEvent> events = new Events<>();
        Duration limit = by == Death.SILENCE ? Duration.ofMillis(300) : Duration.ZERO;
        boolean inHeader = at.compareTo(Step.HEADER) < 0;
        ServerOptions options = ServerOptions.defaults()
                .headerTimeout(inHeader ? limit : Duration.ZERO)
                .idleTimeout(inHeader ? Duration.ZERO : limit)
                .listener(events);
        try (RestreamServer server = Restream.createServer(options, (req, res) -> style.answer(sight, req, res))
                        .listen(0);
                ScriptedPeer peer = ScriptedPeer.client(server.address(), at, by)) {
            events.await(ServerEvent.Accepted.class);
            events.await(type(report));
            if (report.equals("Completed")) {
                assertThat(peer.heard()).isEqualTo("{}\n\nwell");
            } else if (by != Death.RST) {
                assertThat(peer.heard()).isEqualTo("error: Connection reset");
            }
        }
        assertThat(events.names()).containsExactly("Listening", "Accepted", report, "Closed");
        return sight;
    }

    private static Class<? extends ServerEvent> type(String report) {
        return switch (report) {
            case "Completed" -> ServerEvent.Completed.class;
            case "Failed" -> ServerEvent.Failed.class;
            default -> ServerEvent.Rejected.class;
        };
    }
}
