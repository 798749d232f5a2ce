package org.restream.cli.send.progress;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.restream.cli.command.Durations;
import org.restream.cli.command.Printable;

/** Formats the progress line, as a function of the progress, the time and the terminal's width. */
public final class ProgressLine {
    /**
     * Columns left free: a full line makes the terminal wrap, and so does the ^C that it writes after an almost full
     * one.
     */
    private static final int FREE = 3;

    private static final String GREEN = "\u001b[32m";
    private static final String YELLOW = "\u001b[33m";
    private static final String PLAIN = "\u001b[0m";
    private static final int LONGEST_BAR = 40;
    private static final int SHORTEST_BAR = 8;
    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};

    private final boolean color;

    public ProgressLine(boolean color) {
        this.color = color;
    }

    /**
     * The line, which takes fewer columns than the width.
     *
     * @param now on the clock of {@link System#nanoTime}
     * @param rate bytes per second, or -1
     */
    String text(Progress.Look look, long now, long rate, int width) {
        Progress.Next next = look.next();
        int columns = Math.max(0, width - FREE);
        return next == null ? moving(look, rate, columns) : waiting(look, next, now, columns);
    }

    /** On a narrow terminal, only the reason of the last failure is kept. */
    private String waiting(Progress.Look look, Progress.Next next, long now, int width) {
        String when = look.waits() ? "in " + left(next.at() - now) : "connecting";
        String what = look.waits() ? "next attempt at " + next.server() + ' ' + when : "connecting to " + next.server();
        String counted = what + (next.attempt() > 1 ? " (attempt " + next.attempt() + ')' : "");
        List<String> lines = next.trouble() == null
                ? List.of(counted, what)
                : List.of(
                        counted + ": " + next.trouble(),
                        next.trouble() + "; " + what,
                        next.trouble() + "; " + when,
                        next.reason() + "; " + when,
                        String.valueOf(next.reason()));
        String widest = lines.stream()
                .map(Printable::of)
                .filter(line -> fit(line, width).equals(line))
                .findFirst()
                .orElseGet(() -> fit(Printable.of(lines.get(lines.size() - 1)), width));
        return paint(YELLOW, widest);
    }

    private static String left(long nanos) {
        long seconds = (Math.max(0, nanos) + 999_999_999) / 1_000_000_000;
        return seconds < 60 ? seconds + " s" : Durations.clock(seconds);
    }

    private String moving(Progress.Look look, long rate, int width) {
        StringBuilder numbers = new StringBuilder();
        if (look.total() >= 0) {
            numbers.append(percent(look)).append("  ");
        }
        numbers.append(bytes(look.sent()));
        if (look.total() >= 0) {
            numbers.append(" of ").append(bytes(look.total()));
        }
        if (look.awaitsAnswer()) {
            numbers.append("  waiting for the answer");
        } else if (rate >= 0) {
            numbers.append("  ").append(bytes(rate)).append("/s");
        }
        if (look.total() >= 0 && rate > 0 && look.sent() < look.total() && !look.awaitsAnswer()) {
            numbers.append("  ").append(Durations.clock((look.total() - look.sent() + rate - 1) / rate));
            numbers.append(" left");
        }
        if (look.received() > 0) {
            numbers.append("  ").append(bytes(look.received())).append(" back");
        }
        if (look.parts() > 1) {
            numbers.append("  ").append(look.ended()).append('/').append(look.parts());
        }
        int room = Math.min(width - numbers.length() - 3, LONGEST_BAR);
        if (look.total() < 0 || room < SHORTEST_BAR) {
            return fit(numbers.toString(), width);
        }
        return bar(look, room) + ' ' + numbers;
    }

    private String bar(Progress.Look look, int length) {
        int full = look.total() == 0 ? length : (int) Math.min(length, look.sent() * (double) length / look.total());
        String done = "=".repeat(Math.max(0, full - 1)) + (full == 0 ? "" : full == length ? "=" : ">");
        return '[' + paint(GREEN, done) + " ".repeat(length - full) + ']';
    }

    private static String percent(Progress.Look look) {
        long percent = look.total() == 0 ? 100 : (long) Math.min(100, look.sent() * 100.0 / look.total());
        return " ".repeat(percent < 10 ? 2 : percent < 100 ? 1 : 0) + percent + '%';
    }

    static String bytes(long count) {
        double value = count;
        int unit = 0;
        while (value >= 1_023.95 && unit < UNITS.length - 1) {
            value /= 1_024;
            unit++;
        }
        return unit == 0 ? count + " B" : String.format(Locale.ROOT, "%.1f %s", value, UNITS[unit]);
    }

    /**
     * Cuts a text that is too wide. East Asian characters take two columns; so may some others, which are counted as
     * two.
     */
    private static String fit(String text, int width) {
        int columns = 0;
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            columns += text.codePointAt(i) >= 0x1100 ? 2 : 1;
            if (columns > width) {
                return text.substring(0, i);
            }
        }
        return text;
    }

    private String paint(String how, @Nullable String text) {
        return color && text != null && !text.isEmpty() ? how + text + PLAIN : String.valueOf(text);
    }
}
