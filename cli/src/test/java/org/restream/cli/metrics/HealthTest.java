package org.restream.cli.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.restream.ServerEvent;

class HealthTest {
    private static final InetSocketAddress PEER = new InetSocketAddress(1);

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE);
    private final Health health = new Health(now::get);

    @Test
    void it_is_well_from_listening_to_stopping() {
        assertThat(health.trouble()).isEqualTo("it does not listen yet");
        health.heard(new ServerEvent.Listening(PEER));
        assertThat(health.trouble()).isNull();
        health.stopping();
        assertThat(health.trouble()).isEqualTo("it is stopping");
    }

    @Test
    void a_server_that_is_closed_does_not_accept() {
        health.heard(new ServerEvent.Listening(PEER));
        health.heard(new ServerEvent.Closed());
        assertThat(health.trouble()).isEqualTo("it is stopping");
    }

    @Test
    void it_is_ill_while_it_can_not_accept() {
        health.heard(new ServerEvent.Listening(PEER));
        health.heard(new ServerEvent.AcceptFailed(new IOException("too many files")));
        assertThat(health.trouble()).isEqualTo("it can't accept connections");
        now.addAndGet(TimeUnit.MILLISECONDS.toNanos(900));
        assertThat(health.trouble()).isNotNull();
        health.heard(new ServerEvent.Accepted(PEER));
        assertThat(health.trouble()).isNull();
    }

    /** Whoever waited to be accepted may have left. */
    @Test
    void a_failure_that_does_not_come_again_is_over() {
        health.heard(new ServerEvent.Listening(PEER));
        health.heard(new ServerEvent.AcceptFailed(new IOException("too many files")));
        now.addAndGet(TimeUnit.SECONDS.toNanos(1));
        assertThat(health.trouble()).isNull();
    }
}
