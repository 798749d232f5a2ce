package org.restream.reliability.blackbox;

import java.util.Set;
import java.util.TreeSet;

/** What a plan makes possible: which statuses, and what plain TCP can't tell. */
final class Expected {
    private final Plan plan;
    private final Relay relay;

    Expected(Plan plan) {
        this.plan = plan;
        this.relay = plan.relay();
    }

    private boolean isBlow(String who) {
        return plan.text("blow").startsWith(who + ":");
    }

    /** Whether the receiver may see an end in mid-body that its header does not tell from the real one. */
    boolean requestCanEndUnseen() {
        boolean onlyDown = relay == Relay.CUT_FIN
                && plan.is("half")
                && plan.text("direction").equals("down");
        return makesEnds() && !plan.source().hasSize() && !onlyDown;
    }

    /** Whether the sender may see an end in the midst of an answer whose header does not say the size. */
    boolean answerCanEndUnseen() {
        boolean onlyUp = relay == Relay.CUT_FIN
                && plan.is("half")
                && plan.text("direction").equals("up");
        boolean hasBody = plan.sink().returnsBody() || plan.sink().returnsSum() || plan.sink() == Sink.REPLY;
        return makesEnds() && hasBody && !answerSizeTells() && !onlyUp;
    }

    /**
     * Whether half an answer is seen by the size in its header. The one such answer is the echo of a file. But docs/command.md
     * takes a size that is that of what was sent, and this one is: so half of it passes. To hold send to more, say true.
     */
    private boolean answerSizeTells() {
        return answerHasSize() && Boolean.getBoolean("restream.strict");
    }

    /** The request's header comes back, and with it the size. */
    private boolean answerHasSize() {
        return plan.sink() == Sink.ECHO && plan.source().hasSize();
    }

    /** With TLS nobody on the way can. */
    private boolean makesEnds() {
        return relay.makesEnds() && !plan.is("tls");
    }

    /** Whether something may have been lost, so that what follows is a second attempt. */
    boolean canBeLost() {
        return isBlow("receiver")
                || isBlow("relay")
                || plan.count("late") > 0
                || relay == Relay.CUT_FIN
                || relay == Relay.CUT_RST
                || relay == Relay.RESETS
                || relay == Relay.SILENCE
                || relay == Relay.FULL_CLOSE
                || relay == Relay.RESET_TO_FIN
                || relay == Relay.HAPROXY_DOWN
                || relay == Relay.HAPROXY_TIMEOUT
                || plan.text("linger").equals("0.5");
    }

    /** Whether each attempt may be lost, so that the sender gives up at last. */
    private boolean isHopeless() {
        return plan.count("tries") > 0 && (plan.count("times") == 0 || canBeLostEachTime());
    }

    private boolean canBeLostEachTime() {
        return relay.isHaproxy() || relay == Relay.SOCAT;
    }

    /** Whether the receiver may be gone with a first exchange that the sender has not seen the end of. */
    boolean onceMayBeGone() {
        return plan.sink() == Sink.ONCE && canBeLost();
    }

    Set<Integer> statuses() {
        Set<Integer> statuses = new TreeSet<>(Set.of(0));
        boolean fails = plan.source() == Source.CLOSED || plan.source() == Source.EXEC_FAILS;
        if (relay == Relay.HAPROXY_DOWN || fails) {
            statuses.remove(0);
        }
        if (fails || isBlow("file")) {
            statuses.add(1);
        }
        if (plan.count("limit") > 0) {
            statuses.add(3);
        }
        if (plan.text("reader").equals("full") && plan.number("size") > 0) {
            return Set.of(1);
        }
        if (isHopeless()) {
            statuses.add(3);
        }
        if (isBlow("sender")) {
            switch (plan.text("blow")) {
                case "sender:KILL" -> statuses.add(137);
                case "sender:TERM", "sender:INT" -> statuses.addAll(Set.of(130, 143));
                // a JVM that is not yet up to it ends
                case "sender:QUIT" -> statuses.add(131);
                default -> {
                    // it goes on
                }
            }
        }
        if (!plan.isReadToTheEnd()) {
            statuses.add(141);
        }
        boolean canBeRepeated = plan.is("spool") || plan.source().hasSize();
        // what the receiver says it has is not what was sent, or the answer to it another one
        if ((!canBeRepeated && canBeLost()) || requestCanEndUnseen() || (makesEnds() && answerHasSize())) {
            statuses.add(4);
        }
        if (onceMayBeGone()) {
            statuses.add(3);
        }
        return statuses;
    }
}
