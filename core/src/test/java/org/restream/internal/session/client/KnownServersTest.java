package org.restream.internal.session.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.restream.ServerAddress;

class KnownServersTest {
    private static final ServerAddress A = ServerAddress.parse("a:1");
    private static final ServerAddress B = ServerAddress.parse("b:1");

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
    private final KnownServers known = new KnownServers(now::get);

    @Test
    void a_server_without_sessions_is_remembered_for_ten_minutes() {
        known.speaksNone(A, "it said so");
        assertThat(known.saidNone(A)).isEqualTo("it said so");
        assertThat(known.saidNone(B)).isNull();
        now.addAndGet(Duration.ofMinutes(10).toNanos() - 1);
        assertThat(known.saidNone(A)).isEqualTo("it said so");
        now.addAndGet(1);
        assertThat(known.saidNone(A)).isNull();
        assertThat(known.hasSpoken(A)).isFalse();
    }

    @Test
    void a_server_that_has_accepted_a_session_is_remembered_for_ever() {
        known.speaksNone(A, "not yet");
        known.speaks(A);
        now.addAndGet(Duration.ofDays(1000).toNanos());
        assertThat(known.hasSpoken(A)).isTrue();
        assertThat(known.saidNone(A)).isNull();
        assertThat(known.hasSpoken(B)).isFalse();
    }
}
