package org.restream.cli.command;

import java.time.Duration;

/** Formats durations for people. */
public final class Durations {
    private Durations() {}

    public static String text(Duration duration) {
        long millis = duration.toMillis();
        if (millis < 1_000) {
            return millis + " ms";
        }
        long tenths = (millis + 50) / 100;
        if (tenths < 600) {
            return tenths / 10 + (tenths % 10 == 0 ? "" : "." + tenths % 10) + " s";
        }
        return clock((millis + 500) / 1_000);
    }

    /** 0:07, 12:34 or 1:02:03. */
    public static String clock(long seconds) {
        String minutesAndSeconds = seconds / 60 % 60 + ":" + seconds % 60 / 10 + seconds % 10;
        if (seconds < 3_600) {
            return minutesAndSeconds;
        }
        return seconds / 3_600 + ":" + (seconds / 60 % 60 < 10 ? "0" : "") + minutesAndSeconds;
    }
}
