package org.restream.internal.session.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ProofTest {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final SessionKey key = SessionKey.random(RANDOM);
    private final SessionId session = SessionId.random(RANDOM);
    private final MemoryId memory = MemoryId.random(RANDOM);

    private Hello.Resume resume(Proof proof) {
        return new Hello.Resume(session, memory, 7, proof, 0);
    }

    @Test
    void who_knows_the_key_is_right() {
        assertThat(Proof.isRight(key, resume(Proof.ofResume(key, session, memory, 7))))
                .isTrue();
    }

    @Test
    void each_part_is_proved() {
        SessionId otherSession = new SessionId(session.high(), session.low() ^ 1);
        MemoryId otherMemory = new MemoryId(memory.value() ^ 1);
        assertThat(new Proof[] {
                    Proof.ofResume(SessionKey.random(RANDOM), session, memory, 7),
                    Proof.ofResume(key, otherSession, memory, 7),
                    Proof.ofResume(key, session, otherMemory, 7),
                    Proof.ofResume(key, session, memory, 8),
                    Proof.ofWelcome(key, session, memory, 7)
                })
                .noneMatch(proof -> Proof.isRight(key, resume(proof)))
                .doesNotHaveDuplicates();
    }

    @Test
    void nobody_is_right_where_there_is_no_key_whatever_stands_in_for_it() {
        SessionKey zeros = Objects.requireNonNull(SessionKey.parse("A".repeat(43)));
        assertThat(Proof.isRight(null, resume(Proof.ofResume(zeros, session, memory, 7))))
                .isFalse();
        assertThat(Proof.isRight(zeros, resume(Proof.ofResume(zeros, session, memory, 7))))
                .isTrue();
    }

    @Test
    void it_is_itself_after_a_journey() {
        Proof proof = Proof.ofWelcome(key, session, memory, 1);
        assertThat(Proof.parse(proof.text())).isEqualTo(proof).hasSameHashCodeAs(proof);
    }
}
