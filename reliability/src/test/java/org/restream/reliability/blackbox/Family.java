package org.restream.reliability.blackbox;

/** A kind of transfer. A seed belongs to one kind, and determines the rest of the plan at random. */
enum Family {
    PLAIN,
    TEMPO,
    CUT,
    SENDER_DIES,
    FILES,
    HAPROXY,
    STALL,
    RECEIVER_DIES,
    HEAD,
    HAPROXY_DOWN,
    RESET_TO_FIN,
    PRODUCER_DIES,
    SOCAT,
    PROBES,
    SENDER_STOPS,
    SLOW,
    FULL_CLOSE,
    SILENCE,
    RELAY_DIES,
    LATE,
    HAPROXY_TIMEOUT,
    DRIP,
    RECEIVER_STOPS,
    NO_SPOOL,
    TLS,
    RESETS,
    FAILOVER,
    FULL_DISK,
    FILE_CHANGES,
    /** Never drawn: see {@link KnownPlans}. */
    KNOWN;

    /** The number of kinds that are drawn. */
    static int drawn() {
        return KNOWN.ordinal();
    }

    static Plan plan(long seed) {
        Family family = values()[Math.floorMod(seed, drawn())];
        Plan plan = family.draw(new Draw(seed), Plan.empty().with("seed", seed).with("family", family));
        boolean mayBeInVain = new Expected(plan).onceMayBeGone() && plan.count("tries") == 0;
        return mayBeInVain ? plan.with("tries", 40) : plan;
    }

    private Plan draw(Draw draw, Plan plan) {
        return switch (this) {
            case PLAIN -> Tempos.plain(draw, plan);
            case TEMPO -> Tempos.tempo(draw, plan);
            case CUT -> Harms.cut(draw, plan);
            case SENDER_DIES -> Blows.senderDies(draw, plan);
            case FILES -> Tempos.files(draw, plan);
            case HAPROXY -> Harms.haproxy(draw, plan);
            case STALL -> Tempos.stall(draw, plan);
            case RECEIVER_DIES -> Blows.receiverDies(draw, plan);
            case HEAD -> Tempos.head(draw, plan);
            case HAPROXY_DOWN -> Harms.haproxyDown(draw, plan);
            case RESET_TO_FIN -> Blows.resetToFin(draw, plan);
            case PRODUCER_DIES -> Tempos.producerDies(draw, plan);
            case SOCAT -> Harms.socat(draw, plan);
            case PROBES -> Harms.probes(draw, plan);
            case SENDER_STOPS -> Blows.senderStops(draw, plan);
            case SLOW -> Tempos.slow(draw, plan);
            case FULL_CLOSE -> Harms.fullClose(draw, plan);
            case SILENCE -> Harms.silence(draw, plan);
            case RELAY_DIES -> Blows.relayDies(draw, plan);
            case LATE -> Harms.late(draw, plan);
            case HAPROXY_TIMEOUT -> Harms.haproxyTimeout(draw, plan);
            case DRIP -> Harms.drip(draw, plan);
            case RECEIVER_STOPS -> Blows.receiverStops(draw, plan);
            case NO_SPOOL -> Harms.noSpool(draw, plan);
            case RESETS -> Harms.resets(draw, plan);
            case TLS -> Harms.tls(draw, plan);
            case FAILOVER -> Harms.failover(draw, plan);
            case FULL_DISK -> Tempos.fullDisk(draw, plan);
            case FILE_CHANGES -> Blows.fileChanges(draw, plan);
            case KNOWN -> throw new IllegalStateException("it is known");
        };
    }
}
