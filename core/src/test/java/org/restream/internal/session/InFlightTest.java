package org.restream.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** How many bytes may be under way, on lines of all kinds. */
class InFlightTest {
    private static final int PIECE = 64 * 1024;

    private long now;
    private final InFlight flight = new InFlight(() -> now);

    /** What may be under way after some round trips, in each of which the line carries so many bytes. */
    private long limit(long roundTripNanos, long carried) {
        for (int i = 0; i < 10; i++) {
            flight.sent(carried);
            now += roundTripNanos;
            flight.acked(carried);
        }
        long sent = 0;
        for (; flight.hasRoom(); sent += PIECE) {
            flight.sent(PIECE);
        }
        return sent;
    }

    @Test
    void a_slow_line_gets_the_least() {
        assertThat(limit(100_000, 1_250)).isEqualTo(InFlight.MIN_LIMIT);
    }

    @Test
    void a_long_line_gets_twice_what_it_holds() {
        assertThat(limit(100_000_000, 1 << 20)).isEqualTo(2 << 20);
    }

    @Test
    void a_short_and_fast_line_gets_what_it_carries_in_no_time() {
        assertThat(limit(100_000, 100_000)).isEqualTo(InFlight.FAST_LIMIT);
    }

    @Test
    void a_new_connection_begins_anew() {
        long unused = limit(100_000_000, 1 << 20);

        flight.reset();

        assertThat(limit(100_000, 1_250)).isEqualTo(InFlight.MIN_LIMIT);
    }
}
