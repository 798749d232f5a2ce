package org.restream.reliability.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.restream.reliability.Figures;
import org.restream.reliability.Scale;
import org.restream.reliability.network.Fault.Kind;

/**
 * An exchange of 2 KiB each way, cut at every byte, by an end, a reset, or silence, in each direction: both users see
 * the right thing, and the client reconnects.
 */
class CutMatrixTest {
    private static final List<Kind> KINDS = List.of(Kind.FIN, Kind.RST, Kind.BLACKHOLE);
    /** The step of a sample, between the offsets that matter most. */
    private static final int STEP = 499;

    @Test
    void a_plain_exchange_cut_at_any_byte() throws Exception {
        List<Cut> cuts = new ArrayList<>();
        for (Direction direction : Direction.values()) {
            Parcel parcel = direction == Direction.UP ? Parcel.REQUEST : Parcel.ANSWER;
            for (long offset : offsets(parcel.length(), parcel.headerLength())) {
                for (Kind kind : KINDS) {
                    Fault fault = new Fault(direction, offset, kind);
                    cuts.add(new Cut(false, false, parcel.length(), fault));
                    cuts.add(new Cut(false, true, parcel.length(), fault));
                }
            }
        }
        Figures.record("cut-plain", run(cuts));
    }

    @Test
    void an_exchange_over_TLS_cut_at_any_byte() throws Exception {
        List<Cut> cuts = new ArrayList<>();
        for (Direction direction : Direction.values()) {
            int length = lengthOverTls(direction);
            for (long offset : offsets(length, length - Parcel.REQUEST.length())) {
                for (Kind kind : KINDS) {
                    cuts.add(new Cut(true, offset % 2 == 1, length, new Fault(direction, offset, kind)));
                }
            }
        }
        Figures.record("cut-tls", run(cuts));
    }

    /** All offsets, or those around borders and some in between. */
    private static Iterable<Long> offsets(int length, int border) {
        if (Scale.isFull()) {
            return LongStream.rangeClosed(0, length).boxed().toList();
        }
        TreeSet<Long> offsets = new TreeSet<>();
        for (long near : new long[] {0, border, length}) {
            LongStream.rangeClosed(near - 1, near + 1).forEach(offsets::add);
        }
        for (long offset = STEP; offset < length; offset += STEP) {
            offsets.add(offset);
        }
        return offsets.subSet(0L, true, (long) length, true);
    }

    private static int lengthOverTls(Direction direction) throws Exception {
        try (CutLane lane = new CutLane(true, Duration.ZERO, Duration.ofSeconds(30))) {
            return (int) lane.length(direction);
        }
    }

    private static String run(List<Cut> cuts) throws Exception {
        List<CutResult> results = CutMatrix.run(cuts);
        List<String> wrong = new ArrayList<>();
        for (CutResult result : results) {
            CutRules.wrong(result).forEach(what -> wrong.add(result.cut() + ": " + what));
        }
        assertThat(results).hasSameSizeAs(cuts);
        assertThat(wrong).isEmpty();
        return figure(results);
    }

    private static String figure(List<CutResult> results) {
        boolean tls = results.get(0).cut().tls();
        long[] found = results.stream()
                .filter(result -> result.struck() && result.cut().fault().is(Kind.BLACKHOLE))
                .mapToLong(result -> result.found().toMillis())
                .sorted()
                .toArray();
        return String.format(
                "%,d cells, %,d right, %d hung; %,d ends that were none looked like one%s;"
                        + " silence found after %,d ms (median; at most %,d) with %s",
                results.size(),
                results.stream()
                        .filter(result -> CutRules.wrong(result).isEmpty())
                        .count(),
                results.stream().filter(CutResult::hung).count(),
                results.stream()
                        .filter(result -> result.struck() && result.cut().isMissed())
                        .count(),
                tls ? "" : ", as documented",
                found[found.length / 2],
                found[found.length - 1],
                tls
                        ? "an `idleTimeout` of 1 s, and a `connectTimeout` of 3 s over the handshake"
                        : "an `idleTimeout` of 0.5 s");
    }
}
