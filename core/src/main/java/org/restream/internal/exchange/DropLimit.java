package org.restream.internal.exchange;

import java.time.Duration;
import org.restream.internal.text.Durations;

/**
 * Limits what a peer may send after our message has ended, if nobody reads it: a number of bytes, and a minimum rate.
 * The clock starts with the first of these bytes and adds time for each one, as Apache's mod_reqtimeout does (MinRate).
 * A silent peer is not limited, because it may be reading what we have sent. For one thread at a time.
 */
final class DropLimit {
    static final long MAX_BYTES = 1L << 30;
    /** nginx: lingering_time. */
    static final Duration TIME = Duration.ofSeconds(30);

    static final long BYTES_PER_SECOND = 1024;

    private long bytes;
    private long began;

    /** Counts more discarded bytes; returns whether they are still within the limit. */
    boolean allows(long more, long nanoTime) {
        if (bytes == 0) {
            began = nanoTime;
        }
        bytes += more;
        long seconds = Duration.ofNanos(nanoTime - began).toSeconds();
        return bytes <= MAX_BYTES && seconds <= TIME.toSeconds() + bytes / BYTES_PER_SECOND;
    }

    String text() {
        return bytes > MAX_BYTES
                ? "more than " + MAX_BYTES + " bytes since our message ended"
                : "only " + bytes + " bytes, for more than " + Durations.text(TIME) + " since our message ended";
    }
}
