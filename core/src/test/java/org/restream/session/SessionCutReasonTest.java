package org.restream.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.restream.FailureKind;
import org.restream.Incoming;
import org.restream.ServerEvent;
import org.restream.internal.session.wire.CutCode;
import org.restream.internal.session.wire.Flags;
import org.restream.internal.session.wire.FrameEncoder;
import org.restream.testing.RawSession;

/** What a server says of an exchange that its client has cut, whatever the handler does meanwhile. */
class SessionCutReasonTest {
    private interface Wait {
        void on(Incoming req) throws Exception;
    }

    private static ServerEvent.Failed failed(int code, String text, Wait wait) throws Exception {
        CompletableFuture<Void> waits = new CompletableFuture<>();
        try (SessionPair pair = SessionPair.of((req, res) -> {
                    req.header();
                    waits.complete(null);
                    wait.on(req);
                });
                RawSession raw = RawSession.begun(pair.server.address())) {
            raw.frames(out -> RawSession.data(out, 1, Flags.OPEN, 0, "{}\n\n"));
            waits.get(20, TimeUnit.SECONDS);
            raw.frames(out -> FrameEncoder.cut(out, 1, Flags.CUT_MINE | Flags.CUT_YOURS, code, 4, text));
            return pair.atServer.await(ServerEvent.Failed.class);
        }
    }

    private static ServerEvent.Failed whileReading(int code, String text) throws Exception {
        return failed(code, text, req -> req.readAllBytes());
    }

    private static ServerEvent.Failed whileBusy(int code, String text) throws Exception {
        return failed(code, text, req -> new CompletableFuture<>().get());
    }

    private static void isCut(ServerEvent.Failed failed, FailureKind kind, String why) {
        assertThat(failed.kind()).isEqualTo(kind);
        assertThat(failed.cause()).hasMessageStartingWith("lost ").hasMessageEndingWith("body bytes sent: " + why);
    }

    @Test
    void is_the_same_for_one_that_reads_and_one_that_does_something_else() throws Exception {
        String why = "the peer cut the exchange (1: enough)";
        isCut(whileReading(CutCode.CANCELLED, "enough"), FailureKind.CONNECTION, why);
        isCut(whileBusy(CutCode.CANCELLED, "enough"), FailureKind.CONNECTION, why);
    }

    @Test
    void and_is_what_the_servers_own_clock_says_where_the_clients_is_the_first() throws Exception {
        isCut(whileReading(CutCode.DEADLINE, "late"), FailureKind.LIMIT, "its time was over");
        isCut(whileBusy(CutCode.DEADLINE, "late"), FailureKind.LIMIT, "its time was over");
    }
}
