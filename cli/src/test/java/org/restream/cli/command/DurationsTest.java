package org.restream.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DurationsTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0 ms",
        "999, 999 ms",
        "1000, 1 s",
        "1449, 1.4 s",
        "1450, 1.5 s",
        "59949, 59.9 s",
        "59950, 1:00",
        "61000, 1:01",
        "3599499, 59:59",
        "3599500, 1:00:00",
        "36610000, 10:10:10"
    })
    void a_duration_is_as_short_as_its_reader_needs(long millis, String text) {
        assertThat(Durations.text(Duration.ofMillis(millis))).isEqualTo(text);
    }
}
