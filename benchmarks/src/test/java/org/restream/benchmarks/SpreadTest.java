package org.restream.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class SpreadTest {
    @Test
    void medianOfAnOddNumberIsTheMiddleOne() {
        assertThat(Spread.of(DoubleStream.of(9, 1, 5, 7, 3))).isEqualTo(new Spread(1, 5, 9));
    }

    @Test
    void medianOfAnEvenNumberLiesBetweenTheMiddleTwo() {
        assertThat(Spread.of(DoubleStream.of(4, 1, 3, 2))).isEqualTo(new Spread(1, 2.5, 4));
    }

    @Test
    void isShownWithThousandsAndDecimals() {
        assertThat(new Spread(999.94, 1_234.5, 20_000).show(1)).isEqualTo("1,234.5 (999.9–20,000.0)");
    }
}
