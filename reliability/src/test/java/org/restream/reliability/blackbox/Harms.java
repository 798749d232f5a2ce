package org.restream.reliability.blackbox;

/** Plans in which a relay does harm, or the receiver starts late. */
final class Harms {
    private Harms() {}

    static Plan cut(Draw draw, Plan plan) {
        Plan drawn = Tempos.receiver(draw, large(draw, plan))
                .with("relay", draw.of(Relay.CUT_FIN, Relay.CUT_FIN, Relay.CUT_RST))
                .with("half", draw.oneIn(4))
                .with("direction", draw.of("up", "up", "down"));
        boolean small = drawn.text("direction").equals("down") && !drawn.sink().returnsBody();
        drawn = drawn.with("at", small ? draw.between(0, 150) : draw.offset(drawn.number("size") + 150));
        if (!draw.oneIn(4)) {
            return drawn.with("times", draw.between(1, 3));
        }
        return canBeHopeless(drawn)
                ? drawn.with("times", 0).with("tries", 3)
                : drawn.with("times", 0).with("limit", 3_000);
    }

    /**
     * Whether the sender may give up: an answer's header sets the count of failures back, so one that always gets one
     * never does.
     */
    private static boolean canBeHopeless(Plan plan) {
        boolean early = plan.sink().returnsBody() || plan.sink().returnsSum();
        return !early && (plan.text("direction").equals("up") || plan.number("at") < 4);
    }

    /** Many losses, at different moments of an attempt. */
    static Plan resets(Draw draw, Plan plan) {
        Plan drawn = Tempos.receiver(draw, large(draw, plan))
                .with("relay", Relay.RESETS)
                .with("wait", 5)
                .with("times", draw.between(5, 60));
        return draw.oneIn(3) ? drawn.with("times", 0).with("limit", draw.between(500, 2_000)) : drawn;
    }

    static Plan silence(Draw draw, Plan plan) {
        return Tempos.receiver(draw, large(draw, plan))
                .with("relay", Relay.SILENCE)
                .with("direction", draw.of("up", "down"))
                .with("at", draw.offset(2_000_000))
                .with("times", draw.between(1, 2))
                .with("idle", 1_000);
    }

    static Plan drip(Draw draw, Plan plan) {
        Plan drawn = Tempos.receiver(draw, plan).with("source", draw.of(Source.FILE, Source.CAT, Source.REDIRECT));
        if (draw.oneIn(2)) {
            return drawn.with("relay", Relay.BYTEWISE).with("size", draw.upTo(150_000));
        }
        return drawn.with("relay", Relay.DELAY)
                .with("size", draw.upTo(3_000_000))
                .with("pause", draw.between(1, 15));
    }

    static Plan fullClose(Draw draw, Plan plan) {
        Plan drawn = Tempos.receiver(draw, large(draw, plan)).with("relay", Relay.FULL_CLOSE);
        return draw.oneIn(2) && canBeHopeless(drawn)
                ? drawn.with("times", 0).with("tries", 3)
                : drawn.with("times", draw.between(1, 3));
    }

    static Plan socat(Draw draw, Plan plan) {
        Plan drawn = Tempos.receiver(draw, Tempos.source(draw, plan)).with("relay", Relay.SOCAT);
        // by default socat waits half a second for an answer, which may not be enough
        return draw.oneIn(4) ? drawn.with("linger", "0.5").with("tries", 4) : drawn;
    }

    static Plan haproxy(Draw draw, Plan plan) {
        return Tempos.receiver(draw, Tempos.source(draw, plan))
                .with("relay", draw.of(Relay.HAPROXY, Relay.HAPROXY_CHECKS));
    }

    static Plan haproxyDown(Draw draw, Plan plan) {
        Plan drawn = Tempos.receiver(draw, Tempos.source(draw, plan)).with("relay", Relay.HAPROXY_DOWN);
        return draw.oneIn(3) ? drawn.with("limit", 2_000) : drawn.with("tries", draw.between(1, 3));
    }

    /** HAProxy's time-out ends it inside the body, because the producer pauses, or before a late answer. */
    static Plan haproxyTimeout(Draw draw, Plan plan) {
        Plan drawn = plan.with("relay", Relay.HAPROXY_TIMEOUT).with("size", draw.largeSize());
        if (draw.oneIn(3)) {
            return drawn.with("source", draw.of(Source.FILE, Source.CAT))
                    .with("sink", Sink.EXEC_LATE)
                    .with("tries", 2);
        }
        return Tempos.receiver(draw, drawn).with("source", Source.STALL).with("pause", draw.between(1_500, 2_500));
    }

    static Plan late(Draw draw, Plan plan) {
        return Tempos.receiver(draw, Tempos.source(draw, plan))
                .with("relay", draw.of(Relay.NONE, Relay.NONE, Relay.SOCAT, Relay.HAPROXY))
                .with("late", draw.between(300, 1_500));
    }

    static Plan probes(Draw draw, Plan plan) {
        return Tempos.source(draw, plan)
                .with("sink", draw.of(Sink.OUTPUT, Sink.OUTPUT, Sink.ONCE, Sink.STDOUT, Sink.EXEC_SUM))
                .with("probes", draw.between(1, 8))
                .with("tries", 40);
    }

    static Plan noSpool(Draw draw, Plan plan) {
        Plan drawn = Tempos.receiver(draw, plan)
                .with("source", draw.of(Source.CAT, Source.PIECES, Source.GZIP, Source.REDIRECT, Source.ZERO))
                .with("size", draw.largeSize())
                .with("piece", 500_000)
                .with("pause", draw.between(0, 15))
                .with("spool", false);
        return draw.oneIn(2)
                ? drawn
                : drawn.with("relay", draw.of(Relay.CUT_FIN, Relay.CUT_RST)).with("at", draw.offset(2_000_000));
    }

    /** Most of what is done without TLS; here no false end may look real. */
    static Plan tls(Draw draw, Plan plan) {
        Plan drawn = switch (draw.between(0, 6)) {
            case 0 -> Tempos.tempo(draw, plan);
            case 1 -> Blows.resetToFin(draw, plan);
            case 2 -> Blows.senderDies(draw, plan);
            case 3 -> Blows.relayDies(draw, plan);
            case 4 -> haproxyTimeout(draw, plan);
            case 5 -> probes(draw, plan);
            default -> cut(draw, plan);
        };
        return drawn.with("tls", true);
    }

    static Plan failover(Draw draw, Plan plan) {
        Plan drawn = Tempos.receiver(draw, Tempos.source(draw, plan));
        return drawn.with("first", draw.of("dead", "vacant")).with("relay", draw.of(Relay.NONE, Relay.HONEST));
    }

    static Plan large(Draw draw, Plan plan) {
        Source source = draw.of(Source.FILE, Source.FILE, Source.CAT, Source.PIECES, Source.REDIRECT, Source.GZIP);
        return plan.with("source", source)
                .with("size", draw.largeSize())
                .with("piece", 500_000)
                .with("pause", source == Source.PIECES ? draw.between(0, 20) : 0);
    }
}
