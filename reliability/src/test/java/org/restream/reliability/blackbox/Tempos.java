package org.restream.reliability.blackbox;

/** Plans without harm: producers and consumers of every speed. */
final class Tempos {
    private static final int MB = 1_000_000;

    private Tempos() {}

    static Plan plain(Draw draw, Plan plan) {
        return receiver(draw, source(draw, plan));
    }

    /** Producers that are about as fast as the network, or as their consumers. */
    static Plan tempo(Draw draw, Plan plan) {
        Source source = draw.of(Source.PIECES, Source.PIECES, Source.BURSTS, Source.ZERO, Source.GZIP, Source.CAT);
        long size = draw.oneIn(20) ? draw.between(200L * MB, 1_000L * MB) : draw.between(4L * MB, 40L * MB);
        Plan drawn = receiver(draw, plan.with("source", source).with("size", size));
        return source == Source.PIECES ? pieces(draw, drawn, size) : drawn;
    }

    private static Plan pieces(Draw draw, Plan plan, long size) {
        int piece = draw.of(10_000, 65_536, 100_000, 262_144, 500_000, 500_000, 1_000_000);
        long most = Math.min(20, 2_500L * piece / size);
        return plan.with("piece", piece).with("pause", draw.between(0L, most));
    }

    static Plan stall(Draw draw, Plan plan) {
        Plan drawn = plan.with("source", Source.STALL).with("size", draw.size());
        return receiver(draw, drawn.with("pause", draw.between(100, 1_500)));
    }

    static Plan producerDies(Draw draw, Plan plan) {
        Source source = draw.of(Source.DIES, Source.EXEC_FAILS);
        return receiver(draw, plan.with("source", source).with("size", draw.size()));
    }

    /** Several files, mostly without harm. */
    static Plan files(Draw draw, Plan plan) {
        Sink sink = draw.of(Sink.OUTPUT, Sink.OUTPUT, Sink.ECHO, Sink.EXEC_CAT, Sink.STDOUT, Sink.EXEC_SUM, Sink.REPLY);
        Plan drawn = plan.with("source", Source.FILES)
                .with("size", draw.upTo(20L * MB))
                .with("files", draw.between(2, 6))
                .with("jobs", draw.between(1, 4))
                .with("sink", sink);
        if (sink == Sink.STDOUT || !draw.oneIn(3)) {
            return drawn;
        }
        return drawn.with("relay", draw.of(Relay.CUT_RST, Relay.HONEST, Relay.DELAY))
                .with("pause", 2)
                .with("at", draw.offset(drawn.number("size") + 100))
                .with("direction", draw.of("up", "down"))
                .with("times", draw.between(1, 3));
    }

    /** {@code send | head -c}. */
    static Plan head(Draw draw, Plan plan) {
        Plan drawn = source(draw, plan).with("sink", draw.of(Sink.ECHO, Sink.EXEC_CAT));
        return drawn.with("reader", "head:" + draw.upTo(drawn.number("size") + 2));
    }

    /** {@code send > /dev/full}. */
    static Plan fullDisk(Draw draw, Plan plan) {
        Plan drawn = source(draw, plan).with("reader", "full");
        return drawn.with("size", Math.max(1, drawn.number("size"))).with("sink", draw.of(Sink.ECHO, Sink.EXEC_CAT));
    }

    static Plan slow(Draw draw, Plan plan) {
        Plan drawn = source(draw, plan).with("sink", draw.of(Sink.ECHO, Sink.EXEC_CAT, Sink.ONCE));
        return drawn.with("reader", "slow");
    }

    /** Any single source, and any size. */
    static Plan source(Draw draw, Plan plan) {
        Source source = draw.of(
                Source.FILE,
                Source.REDIRECT,
                Source.DASH,
                Source.CAT,
                Source.CAT,
                Source.ZERO,
                Source.GZIP,
                Source.SUBSTITUTION,
                Source.EXEC,
                Source.FIFO,
                Source.PIECES,
                Source.PIECES,
                Source.BURSTS,
                Source.BYTES);
        long size = source == Source.BYTES ? draw.upTo(1_500) : draw.size();
        Plan drawn = plan.with("source", source).with("size", size);
        if (source == Source.BYTES) {
            return drawn.with("pause", draw.between(0, 1));
        }
        return source == Source.PIECES && size > 0 ? pieces(draw, drawn, size) : drawn;
    }

    static Plan receiver(Draw draw, Plan plan) {
        return plan.with("named", !draw.oneIn(4))
                .with(
                        "sink",
                        draw.of(
                                Sink.OUTPUT,
                                Sink.OUTPUT,
                                Sink.ONCE,
                                Sink.STDOUT,
                                Sink.ECHO,
                                Sink.REPLY,
                                Sink.EXEC_CAT,
                                Sink.EXEC_SUM,
                                Sink.WHOLE_SUM));
    }
}
