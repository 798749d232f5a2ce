package org.restream.reliability.blackbox;

/** Plans in which a process is killed, or stopped and continued. */
final class Blows {
    private Blows() {}

    static Plan senderDies(Draw draw, Plan plan) {
        Plan drawn = way(draw, Tempos.receiver(draw, Harms.large(draw, plan)));
        return moment(draw, drawn).with("blow", "sender:" + draw.of("KILL", "KILL", "TERM", "INT"));
    }

    static Plan senderStops(Draw draw, Plan plan) {
        Plan drawn = way(draw, Tempos.receiver(draw, Harms.large(draw, plan)));
        return moment(draw, drawn)
                .with("blow", "sender:" + draw.of("STOP", "STOP", "QUIT"))
                .with("then", draw.between(50, 1_500));
    }

    static Plan receiverDies(Draw draw, Plan plan) {
        Plan drawn = way(draw, Tempos.receiver(draw, Harms.large(draw, plan)));
        return moment(draw, drawn)
                .with("blow", "receiver:" + draw.of("KILL", "KILL", "TERM", "INT"))
                .with("then", draw.between(0, 500));
    }

    static Plan receiverStops(Draw draw, Plan plan) {
        Plan drawn = way(draw, Tempos.receiver(draw, Harms.large(draw, plan)));
        return moment(draw, drawn)
                .with("blow", "receiver:" + draw.of("STOP", "STOP", "QUIT"))
                .with("then", draw.between(50, 1_500));
    }

    static Plan relayDies(Draw draw, Plan plan) {
        Relay relay = draw.of(Relay.SOCAT, Relay.HAPROXY, Relay.HONEST);
        Plan drawn = Tempos.receiver(draw, Harms.large(draw, plan)).with("relay", relay);
        return moment(draw, drawn).with("blow", "relay:KILL").with("then", draw.between(0, 500));
    }

    /** A process is killed, which resets its connection, but the relay turns that into an end. */
    static Plan resetToFin(Draw draw, Plan plan) {
        Plan drawn = Tempos.receiver(draw, Harms.large(draw, plan)).with("relay", Relay.RESET_TO_FIN);
        return draw.oneIn(2)
                ? moment(draw, drawn).with("blow", "sender:KILL")
                : moment(draw, drawn).with("blow", "receiver:KILL").with("then", draw.between(0, 300));
    }

    /** A file is changed while it is sent. */
    static Plan fileChanges(Draw draw, Plan plan) {
        Plan drawn = plan.with("source", Source.FILE)
                .with("size", draw.largeSize())
                .with("relay", draw.of(Relay.HONEST, Relay.DELAY))
                .with("pause", draw.between(1, 3));
        return moment(draw, drawn).with("blow", "file:" + Names.of(draw.of(Change.values())));
    }

    private static Plan way(Draw draw, Plan plan) {
        return plan.with(
                "relay", draw.of(Relay.NONE, Relay.NONE, Relay.HONEST, Relay.HONEST, Relay.SOCAT, Relay.HAPROXY));
    }

    /** With a byte counter the blow surely comes inside the body, otherwise at some time. */
    private static Plan moment(Draw draw, Plan plan) {
        long size = plan.number("size");
        if (plan.relay().isOurs()) {
            boolean down = plan.sink().returnsBody() && draw.oneIn(2);
            return plan.with("when", (down ? "down:" : "up:") + draw.offset(size + 100));
        }
        if (plan.source().isFed()) {
            return plan.with("when", "fed:" + draw.between(0L, size));
        }
        return plan.with("when", "ms:" + draw.between(0, 900));
    }
}
