package org.restream.internal.text;

import java.time.Duration;

/** Formats durations for people. */
public final class Durations {
    private Durations() {}

    /** As in "250 ms" or "1.5 s". */
    public static String text(Duration duration) {
        if (duration.compareTo(Duration.ofSeconds(1)) < 0) {
            return duration.toMillis() + " ms";
        }
        long tenths = duration.toMillis() / 100;
        return tenths / 10 + (tenths % 10 == 0 ? "" : "." + tenths % 10) + " s";
    }
}
