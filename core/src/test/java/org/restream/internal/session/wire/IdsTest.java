package org.restream.internal.session.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdsTest {
    private static final SecureRandom RANDOM = new SecureRandom();

    @Test
    void each_is_itself_after_a_journey() {
        Set<Object> different = new HashSet<>();
        for (int i = 0; i < 200; i++) {
            SessionId session = SessionId.random(RANDOM);
            SessionKey key = SessionKey.random(RANDOM);
            MemoryId memory = MemoryId.random(RANDOM);
            assertThat(session.text()).matches("[A-Za-z0-9_-]{22}");
            assertThat(key.text()).matches("[A-Za-z0-9_-]{43}");
            assertThat(memory.text()).matches("[A-Za-z0-9_-]{11}");
            assertThat(SessionId.parse(session.text())).isEqualTo(session);
            assertThat(SessionKey.parse(key.text())).isEqualTo(key).hasSameHashCodeAs(key);
            assertThat(MemoryId.parse(memory.text())).isEqualTo(memory);
            different.addAll(Set.of(session, key, memory));
        }
        assertThat(different).hasSize(600);
    }

    @Test
    void text_shows_no_secret() {
        SessionId session = new SessionId(0x92ad27de666d4fcbL, 0xb57106596f4c89c7L);
        SessionKey key = SessionKey.random(RANDOM);
        assertThat(session).hasToString(session.text().substring(0, 4) + "…");
        assertThat(key).hasToString("hidden");
        assertThat(Proof.ofResume(key, session, new MemoryId(1), 2)).hasToString("hidden");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "AAAAAAAAAA",
                "AAAAAAAAAAAA",
                "AAAAAAAAAAB",
                "AAAAAAAAAA=",
                "AAAAAAAAAA ",
                "AAAAA+AAAAA",
                "AAAAA/AAAAA",
                "AAAAAÄAAAAA",
                "AAAAAAAAA\nA"
            })
    void a_value_has_one_spelling(String text) {
        assertThat(MemoryId.parse(text)).isNull();
        assertThat(MemoryId.parse("AAAAAAAAAAA")).isEqualTo(new MemoryId(0));
    }

    @Test
    void lengths() {
        for (int length = 0; length < 60; length++) {
            String text = "A".repeat(length);
            assertThat(SessionId.parse(text) != null).isEqualTo(length == 22);
            assertThat(SessionKey.parse(text) != null).isEqualTo(length == 43);
            assertThat(Proof.parse(text) != null).isEqualTo(length == 43);
            assertThat(MemoryId.parse(text) != null).isEqualTo(length == 11);
        }
    }
}
