package org.restream.reliability.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.restream.ClientEvent;
import org.restream.Header;
import org.restream.ServerEvent;
import org.restream.testing.Sight;

/** The rules for what users may see of a cut exchange. */
final class CutRules {
    private final CutResult result;
    private final Cut cut;
    private final List<String> wrong = new ArrayList<>();

    private CutRules(CutResult result) {
        this.result = result;
        cut = result.cut();
    }

    /** The violations; empty if there are none. */
    static List<String> wrong(CutResult result) {
        CutRules rules = new CutRules(result);
        if (result.hung()) {
            rules.wrong.add("hung");
        } else if (!result.struck()) {
            rules.allIsWhole();
        } else {
            if (rules.cut.comesAfterAll()) {
                rules.wholeOrLost();
            } else {
                rules.receiver();
            }
            if (rules.cut.looksLikeAnEnd()) {
                rules.bothComplete();
            } else if (!rules.cut.comesAfterAll()) {
                rules.lost();
            }
        }
        rules.check(result.cameBack(), "the client did not come back: " + result.events());
        return rules.wrong;
    }

    private void check(boolean right, String what) {
        if (!right) {
            wrong.add(what);
        }
    }

    private void allIsWhole() {
        bothComplete();
        check(Parcel.REQUEST.isWholeIn(result.atServer()), "the request is not whole: " + told(result.atServer()));
        check(Parcel.ANSWER.isWholeIn(result.atClient()), "the answer is not whole: " + told(result.atClient()));
    }

    private void bothComplete() {
        check(result.clientCompleted(), "client: " + result.clientEvent());
        check(result.serverCompleted(), "server: " + result.serverEvent());
        sender();
    }

    /** A reset after all bytes: either side may have seen the end before it, or not. */
    private void wholeOrLost() {
        check(isWholeOrLost(Parcel.REQUEST, result.atServer()), "not the request: " + told(result.atServer()));
        check(isWholeOrLost(Parcel.ANSWER, result.atClient()), "not the answer: " + told(result.atClient()));
    }

    private static boolean isWholeOrLost(Parcel parcel, Sight sight) {
        return parcel.isWholeIn(sight) || (parcel.isBeginOf(sight) && !"end".equals(sight.ending()));
    }

    /** What the sender of the cut direction sees of the other direction, which was not cut. */
    private void sender() {
        if (cut.direction() == Direction.UP) {
            check(Parcel.ANSWER.isWholeIn(result.atClient()), "the answer is not whole: " + told(result.atClient()));
        } else {
            check(Parcel.REQUEST.isWholeIn(result.atServer()), "the request is not whole: " + told(result.atServer()));
        }
    }

    /** What the receiver's handler sees of the cut direction. */
    private void receiver() {
        Sight sight = result.atReceiver();
        if (cut.tls() || cut.isResetAtOnce()) {
            check(cut.parcel().isBeginOf(sight), "not what was sent: " + told(sight));
            check(!"end".equals(sight.ending()), "a cut looks like an end: " + told(sight));
            return;
        }
        int body = (int) cut.offset() - cut.parcel().headerLength();
        check(Objects.equals(sight.header(), header(body)), "header: " + told(sight));
        check(
                Arrays.equals(sight.data(), Arrays.copyOf(cut.parcel().body(), Math.max(0, body))),
                "data: " + told(sight));
        String ending = String.valueOf(sight.ending());
        check(
                switch (cut.fault().kind()) {
                    case FIN -> ending.equals(endOfFin());
                    case RST -> ending.startsWith(loss(body)) && !ending.contains("idleTimeout");
                    default -> ending.startsWith(loss(body)) && ending.endsWith("(idleTimeout)");
                },
                "ending: " + told(sight));
    }

    private Header header(int body) {
        if (body >= 0) {
            return cut.parcel().header();
        }
        // an empty message: in stream style there is an empty header, in event style none
        return cut.looksLikeAnEnd() && !cut.listening() ? Header.of() : null;
    }

    private String endOfFin() {
        if (cut.offset() == 0 && cut.direction() == Direction.DOWN) {
            return "ConnectionLostException: the peer ended the connection without sending a byte";
        }
        return cut.looksLikeAnEnd()
                ? "end"
                : "MalformedHeaderException: connection ended inside the header, after " + cut.offset()
                        + (cut.offset() == 1 ? " byte" : " bytes");
    }

    private static String loss(int body) {
        return "ConnectionLostException: lost "
                + (body < 0 ? "before the header, " : "after the header, " + body + " body bytes received, ");
    }

    private void lost() {
        check(
                result.clientEvent() instanceof ClientEvent.Lost
                        || (result.clientEvent() instanceof ClientEvent.Failed && mayFailToConnect()),
                "client: " + result.clientEvent());
        if (cut.direction() == Direction.UP) {
            check(!result.serverCompleted(), "server: " + result.serverEvent());
            check(
                    cut.tls() || result.serverEvent() instanceof ServerEvent.Rejected == isInHeader(),
                    "server: " + result.serverEvent());
        } else {
            // the server may have ended before, but then it has received everything
            check(
                    !result.serverCompleted() || Parcel.REQUEST.isWholeIn(result.atServer()),
                    "the request is not whole: " + told(result.atServer()));
            check(
                    cut.tls() || !cut.fault().is(Fault.Kind.BLACKHOLE) || result.serverCompleted(),
                    "server: " + result.serverEvent());
        }
    }

    private boolean mayFailToConnect() {
        return cut.tls() || cut.isResetAtOnce();
    }

    /** Whether it ended inside the header: invalid input, and not a loss. */
    private boolean isInHeader() {
        return cut.fault().is(Fault.Kind.FIN);
    }

    private static String told(Sight sight) {
        return sight.header() + ", " + sight.data().length + " bytes, " + sight.ending();
    }
}
