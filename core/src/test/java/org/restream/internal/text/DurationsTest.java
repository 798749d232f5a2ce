package org.restream.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DurationsTest {
    @ParameterizedTest
    @CsvSource({
        "PT0S, 0 ms",
        "PT0.0000001S, 0 ms",
        "PT0.25S, 250 ms",
        "PT0.999999S, 999 ms",
        "PT1S, 1 s",
        "PT1.5S, 1.5 s",
        "PT1.549S, 1.5 s",
        "PT30S, 30 s",
        "PT1H, 3600 s",
        "PT9223372036.854775807S, 9223372036.8 s"
    })
    void a_duration_is_told_in_milliseconds_below_a_second_and_in_seconds_above(Duration duration, String text) {
        assertThat(Durations.text(duration)).isEqualTo(text);
    }
}
