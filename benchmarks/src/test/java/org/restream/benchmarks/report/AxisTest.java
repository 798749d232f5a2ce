package org.restream.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AxisTest {
    @Test
    void placesOnALogarithmicAxisAreEvenForPowers() {
        Axis axis = new Axis("", 10, 1_000, true);
        assertThat(axis.place(10)).isEqualTo(0);
        assertThat(axis.place(100)).isEqualTo(0.5);
        assertThat(axis.place(1_000)).isEqualTo(1);
        assertThat(axis.ticks()).containsExactly(10.0, 100.0, 1_000.0);
    }

    @Test
    void ticksOfALinearAxisAreRound() {
        assertThat(new Axis("", 0, 23_000, false).ticks()).containsExactly(0.0, 5_000.0, 10_000.0, 15_000.0, 20_000.0);
    }
}
