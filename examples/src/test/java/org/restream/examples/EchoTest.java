package org.restream.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.restream.RestreamServer;

class EchoTest {
    @Test
    void it_prints_its_own_question() throws Exception {
        assertThat(Printed.by(Echo::main)).isEqualTo("Is anybody there?\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\n\nb", "äöü €, 🐟"})
    void any_text_comes_back(String text) throws Exception {
        try (RestreamServer server = Echo.serve(0)) {
            assertThat(Echo.say("127.0.0.1:" + server.address().getPort(), text))
                    .isEqualTo(text);
        }
    }
}
