package org.restream.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OriginalPairTest {
    @Test
    void it_prints_what_each_side_hears() throws Exception {
        try (ReservedPort port = new ReservedPort()) {
            String number = String.valueOf(port.number());
            assertThat(Printed.by(() -> OriginalPair.main(number))).isEqualTo("""
                            SERVER header {"hello":"alice","this":"is bob"}
                            SERVER message this is body chunks.  and it will stream and stream
                            because there is no I in example.
                            SERVER end
                            CLIENT header {"well":"that was fun"}
                            CLIENT message ok, goodbye, now
                            CLIENT end
                            """);
        }
    }
}
