package org.restream.cli.send;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.restream.ClientEvent;
import org.restream.FailureKind;
import org.restream.GaveUpException;
import org.restream.NeverStartedException;
import org.restream.OutcomeUnknownException;
import org.restream.ServerAddress;
import org.restream.cli.command.CommandException;
import org.restream.cli.command.ExitStatus;
import org.restream.cli.console.OutputOptions;
import org.restream.cli.console.StatusLine;

/** What {@code send} reports of sessions. */
class SessionEventsTest {
    private static final ServerAddress A = ServerAddress.parse("a");
    private static final OutcomeUnknownException UNKNOWN = new OutcomeUnknownException("nobody knows", null);

    private final StringWriter err = new StringWriter();
    private final OutputOptions options = new OutputOptions();
    private final SendNotices log =
            new SendNotices("restream send", options, new StatusLine(new PrintWriter(err, true)));

    private List<String> told() {
        List.of(
                        new ClientEvent.Connecting(A, 1),
                        new ClientEvent.Connected(A, 1),
                        new ClientEvent.Away(A, "abcd", new IOException("reset")),
                        new ClientEvent.Failed(A, 2, 0, new IOException("refused")),
                        new ClientEvent.Resumed(A, "abcd", 3, Duration.ofMillis(1_200)),
                        new ClientEvent.Lost(A, 1, 1, 5, 0, Duration.ZERO, FailureKind.SESSION, UNKNOWN),
                        new ClientEvent.Connecting(A, 2),
                        new ClientEvent.FellBack(A, new IOException("a:9967: no sessions")))
                .forEach(event -> log.event(event, false));
        return err.toString().lines().toList();
    }

    @Test
    void a_loss_and_the_return_are_a_line_each() {
        assertThat(told())
                .containsExactly(
                        "restream send: connection lost, resuming at a:9967: reset",
                        "restream send: resumed at a:9967 after 1.2 s",
                        "restream send: a:9967: nobody knows; next attempt at a:9967 now",
                        "restream send: a:9967: no sessions; sent without a session");
    }

    @Test
    void in_json_they_are_events() {
        options.logFormat = OutputOptions.LogFormat.json;
        assertThat(told())
                .contains(
                        "{\"event\":\"away\",\"server\":\"a:9967\",\"session\":\"abcd\",\"cause\":\"reset\"}",
                        "{\"event\":\"resumed\",\"server\":\"a:9967\",\"session\":\"abcd\",\"epoch\":3,\"awayMs\":1200}",
                        "{\"event\":\"fellBack\",\"server\":\"a:9967\",\"cause\":\"a:9967: no sessions\"}");
    }

    @Test
    void each_outcome_has_a_status() {
        assertThat(CommandException.of(UNKNOWN).status()).isEqualTo(ExitStatus.UNKNOWN);
        assertThat(CommandException.of(new NeverStartedException("no", null)).status())
                .isEqualTo(ExitStatus.GAVE_UP);
    }

    @Test
    void that_it_gave_up_later_does_not_make_an_unknown_outcome_known() {
        CommandException gaveUp = CommandException.of(new GaveUpException("gave up", new IOException("refused")));
        assertThat(gaveUp.after(null)).isSameAs(gaveUp);
        assertThat(gaveUp.after(UNKNOWN))
                .hasMessage("gave up; the server may have received it: nobody knows")
                .extracting(CommandException::status)
                .isEqualTo(ExitStatus.UNKNOWN);
        CommandException local = CommandException.of(new IOException("the disk is full"));
        assertThat(local.after(UNKNOWN)).isSameAs(local);
    }
}
