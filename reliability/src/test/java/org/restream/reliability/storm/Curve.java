package org.restream.reliability.storm;

import java.util.List;
import java.util.Locale;

/** Draws an arrival curve as text. */
final class Curve {
    private static final int WIDTH = 60;

    private Curve() {}

    /** A bar for each span of time from the first arrival on; the longest has {@link #WIDTH} characters. */
    static String of(String title, List<Long> millis, long step) {
        int steps = (int) (millis.get(millis.size() - 1) / step) + 1;
        int[] counts = new int[steps];
        int most = 0;
        for (long at : millis) {
            int bar = (int) (Math.max(0, at) / step);
            counts[bar]++;
            most = Math.max(most, counts[bar]);
        }
        StringBuilder lines = new StringBuilder(title).append('\n');
        for (int i = (int) (millis.get(0) / step); i < steps; i++) {
            String bar = "#".repeat((int) Math.ceil((double) counts[i] * WIDTH / most));
            lines.append(String.format(Locale.ROOT, "%6d ms %5d %s", i * step, counts[i], bar)
                            .stripTrailing())
                    .append('\n');
        }
        return lines.toString();
    }
}
