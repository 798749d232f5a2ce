package org.restream.internal.session.host;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.restream.internal.session.SessionConfig;

class MemoryLedgerTest {
    private static final long MIB = 1024 * 1024;
    private static final SessionConfig CONFIG =
            new SessionConfig(false, 32 * 1024, 1024 * 1024, 4 * MIB, 256, 16 * 1024, 64 * 1024);

    @Test
    void the_first_sessions_begin_with_more_places_than_the_last_ones() {
        MemoryLedger ledger = new MemoryLedger(2_048 * MIB);
        assertThat(places(ledger)).isEqualTo(16);
        MemoryLedger little = new MemoryLedger(4 * MIB);
        assertThat(places(little)).isEqualTo(1);
    }

    @Test
    void half_a_gibibyte_has_room_for_thousands_of_sessions() {
        MemoryLedger ledger = new MemoryLedger(512 * MIB);
        int count = 0;
        while (ledger.open(CONFIG) != null) {
            count++;
        }
        assertThat(count).isBetween(2_000, 10_000);
        assertThat(ledger.free()).isLessThan(CONFIG.memoryOfPlace());
    }

    private static int places(MemoryLedger ledger) {
        MemoryLedger.Account account = ledger.open(CONFIG);
        assertThat(account).isNotNull();
        return account.places();
    }
}
