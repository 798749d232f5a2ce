package org.restream.cli.send.progress;

import java.util.ArrayDeque;
import java.util.Deque;

/** The rate in bytes per second, over the last few seconds. */
final class Rate {
    private static final long WINDOW_NANOS = 5_000_000_000L;

    private record Sample(long at, long bytes) {}

    private final Deque<Sample> samples = new ArrayDeque<>();

    /**
     * Adds a sample.
     *
     * @return bytes per second, or -1 if it is not known yet
     */
    long at(long now, long bytes) {
        Sample last = samples.peekLast();
        if (last != null && bytes < last.bytes) {
            // a new attempt, which sends from the start
            samples.clear();
        }
        samples.addLast(new Sample(now, bytes));
        while (now - samples.getFirst().at > WINDOW_NANOS) {
            samples.removeFirst();
        }
        Sample first = samples.getFirst();
        long nanos = now - first.at;
        return nanos < 200_000_000L ? -1 : Math.round((bytes - first.bytes) * 1e9 / nanos);
    }

    void forget() {
        samples.clear();
    }
}
