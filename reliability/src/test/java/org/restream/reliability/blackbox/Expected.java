package org.restream.reliability.blackbox;

import java.util.Set;
import java.util.TreeSet;

/** The possible results of a plan: the statuses, and the cuts that plain TCP can't show. */
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

    /** Whether the receiver may see an end inside a body that it can't distinguish from the real one by the header. */
    boolean requestCanEndUnseen() {
        boolean onlyDown = relay == Relay.CUT_FIN
                && plan.is("half")
                && plan.text("direction").equals("down");
        return makesEnds() && !plan.source().hasSize() && !onlyDown;
    }

    /** Whether the sender may see an end inside an answer whose header has no size. */
    boolean answerCanEndUnseen() {
        boolean onlyUp = relay == Relay.CUT_FIN
                && plan.is("half")
                && plan.text("direction").equals("up");
        boolean hasBody = plan.sink().returnsBody() || plan.sink().returnsSum() || plan.sink() == Sink.REPLY;
        return makesEnds() && hasBody && !answerSizeTells() && !onlyUp;
    }

    /**
     * Whether the size in an answer's header shows that it is only half. The only such answer is the echo of a file.
     * But by docs/command.md a size that equals that of what was sent is right, and here it does, so half an echo
     * passes. Return true to require more of send.
     */
    private boolean answerSizeTells() {
        return answerHasSize() && Boolean.getBoolean("restream.strict");
    }

    /** Whether the answer has the request's header, and so its size. */
    private boolean answerHasSize() {
        return plan.sink() == Sink.ECHO && plan.source().hasSize();
    }

    /** Whether a relay can turn a cut into an end, which is impossible with TLS. */
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

    /** Whether every attempt may be lost, so that the sender gives up in the end. */
    private boolean isHopeless() {
        return plan.count("tries") > 0 && (plan.count("times") == 0 || canBeLostEachTime());
    }

    private boolean canBeLostEachTime() {
        return relay.isHaproxy() || relay == Relay.SOCAT;
    }

    /** Whether the receiver may have exited after a first exchange whose end the sender has not seen. */
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
                // a JVM that is not ready for it yet exits
                case "sender:QUIT" -> statuses.add(131);
                default -> {
                    // it continues
                }
            }
        }
        if (!plan.isReadToTheEnd()) {
            statuses.add(141);
        }
        boolean canBeRepeated = plan.is("spool") || plan.source().hasSize();
        // the receiver's claim does not match what was sent, or the next answer is different
        if ((!canBeRepeated && canBeLost()) || requestCanEndUnseen() || (makesEnds() && answerHasSize())) {
            statuses.add(4);
        }
        if (onceMayBeGone()) {
            statuses.add(3);
        }
        return statuses;
    }
}
