package org.restream.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.restream.internal.jfr.ExchangeFlight;
import org.restream.internal.jfr.Flight;
import org.restream.internal.link.Peer;

/** Where Flight Recorder does not run, an exchange and a connection allocate nothing for it. */
class FlightAllocationTest {
    private static final int TIMES = 100_000;
    private static final InetSocketAddress ADDRESS = new InetSocketAddress(1);
    private static final Peer PEER = () -> {
        throw new AssertionError("nobody asks");
    };

    @Test
    void nothing_is_allocated_without_a_recording() {
        ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        call();
        long before = thread.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < TIMES; i++) {
            call();
        }
        assertThat(thread.getCurrentThreadAllocatedBytes() - before)
                .as("one byte a call would be " + TIMES)
                .isLessThan(TIMES);
    }

    private static void call() {
        if (Flight.isOn()) {
            throw new AssertionError("a recording has begun");
        }
        Flight.exchange(ExchangeFlight.Side.SERVER).ended(PEER, 1, 2, 3, null, null);
        Flight.connection().ended(ADDRESS, false);
    }
}
