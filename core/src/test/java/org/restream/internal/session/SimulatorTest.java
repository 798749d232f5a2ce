package org.restream.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Simulations, one seed after the other. {@code -Dseed=} begins with another one, {@code -Dsimulations=} runs so many of them.
 */
class SimulatorTest {
    private static final int FAULTY_STEPS = 20_000;

    @Test
    @Timeout(value = 1, unit = TimeUnit.HOURS)
    void all_exchanges_end_well_over_lines_that_break() {
        long first = Long.getLong("seed", 1);
        int count = Integer.getInteger("simulations", 40);
        long complete = 0;
        long begin = System.nanoTime();
        for (long seed = first; seed < first + count; seed++) {
            Simulation simulation = new Simulation(seed);
            try {
                simulation.run(FAULTY_STEPS);
            } catch (Exception e) {
                throw new AssertionError("-Dseed=" + seed + " -Dsimulations=1", e);
            }
            complete += simulation.complete();
        }

        System.out.println("seeds " + first + " to " + (first + count - 1) + ": " + complete + " complete exchanges, "
                + Duration.ofNanos(System.nanoTime() - begin).toMillis() + " ms");
        assertThat(complete).isGreaterThan(10L * count);
    }
}
