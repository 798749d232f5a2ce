package org.restream.reliability.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.restream.reliability.Figures;
import org.restream.reliability.Scale;

/** A sample of what ./reliability/transfers can do for any time. */
class TransfersTest {
    /** The minimum, whatever time it takes: the known plans and some others. More run while there is time. */
    private static final int LEAST = KnownPlans.ALL.size() + 18;

    @TempDir
    Path folder;

    @Test
    @Timeout(value = 1, unit = TimeUnit.HOURS)
    void a_transfer_is_whole_or_visibly_cut_whatever_happens_to_it() throws Exception {
        assumeTrue(Stream.of("sha256sum", "bash", "cmp").allMatch(Programs::has), "sha256sum, bash and cmp are needed");
        List<Command> commands = List.of(BuiltCommand.install(folder.resolve("restream")));
        long seed = Long.getLong("seed", 20_130_401);
        System.out.println("transfers: -Dseed=" + seed + "; one is repeated by ./reliability/transfers 1 --plan '…'");

        Run run = new Run(commands, folder.resolve("lanes"), System.out);
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(Scale.of(35, 900));
        AtomicInteger begun = new AtomicInteger();
        run.go(
                2,
                () -> begun.getAndIncrement() < LEAST || System.nanoTime() < until,
                number -> number < KnownPlans.ALL.size()
                        ? KnownPlans.ALL.get((int) number)
                        : Transfers.plan(seed + number - KnownPlans.ALL.size(), commands),
                0);

        assertThat(run.wrong()).as(run.tally().sum()).isEmpty();
        System.out.print(run.tally().table());
        Figures.record("transfers", run.tally().sum() + " (seed " + seed + ")");
    }
}
