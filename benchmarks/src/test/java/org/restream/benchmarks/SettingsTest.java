package org.restream.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SettingsTest {
    @Test
    void onlyAWholeRunIsWrittenDown() {
        assertThat(Settings.parse().isWhole()).isTrue();
        assertThat(Settings.parse("--rounds", "7").isWhole()).isTrue();
        assertThat(Settings.parse("--rounds", "4").isWhole()).isFalse();
        assertThat(Settings.parse("--quick").isWhole()).isFalse();
        assertThat(Settings.parse("--only", "idle").isWhole()).isFalse();
    }

    @Test
    void anArgumentThatIsUnknownIsNamed() {
        assertThatThrownBy(() -> Settings.parse("--fast"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--fast");
    }
}
