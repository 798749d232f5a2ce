package org.restream.internal.session.carrier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.restream.internal.concurrent.Timer;
import org.restream.internal.session.SessionConfig;

/** A client leaves a session in which nothing lives: no exchange slips in. */
class RetireTest {
    private final SharedSession shared = new SharedSession(
            new SessionConfig(true, 1024, 1024, 0, 0, 1024, 1024),
            Allowance.CLIENT,
            Timer.system(),
            (link, deadline) -> {});

    @Test
    void where_an_exchange_lives_others_may_begin() throws Exception {
        SessionLink first = shared.open();
        assertThat(shared.retireIfEmpty()).isFalse();
        SessionLink second = shared.open();
        first.abort();
        assertThat(shared.retireIfEmpty()).isFalse();
        second.abort();
        assertThat(shared.liveCount()).isZero();
        assertThat(shared.retireIfEmpty()).isTrue();
    }

    @Test
    void where_nothing_lives_nothing_begins_any_more() {
        assertThat(shared.retireIfEmpty()).isTrue();
        assertThatThrownBy(shared::open).isInstanceOf(SessionOverException.class);
        assertThat(shared.liveCount()).isZero();
        assertThat(shared.retireIfEmpty()).isTrue();
    }
}
