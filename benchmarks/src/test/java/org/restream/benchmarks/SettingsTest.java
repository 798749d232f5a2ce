package org.restream.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SettingsTest {
    @Test
    void aWholeRunIsWrittenDownAndWhatIsAskedFor() {
        assertThat(Settings.parse().isWritten()).isTrue();
        assertThat(Settings.parse("--rounds", "7").isWritten()).isTrue();
        assertThat(Settings.parse("--rounds", "4").isWritten()).isFalse();
        assertThat(Settings.parse("--quick").isWritten()).isFalse();
        assertThat(Settings.parse("--only", "idle").isWritten()).isFalse();
        assertThat(Settings.parse("--only", "idle", "--write").isWritten()).isTrue();
        assertThat(Settings.parse("--quick", "--write").isWritten()).isFalse();
    }

    @Test
    void anArgumentThatIsUnknownIsNamed() {
        assertThatThrownBy(() -> Settings.parse("--fast"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--fast");
    }
}
