package org.restream.benchmarks.session;

import java.util.Locale;
import org.restream.benchmarks.peer.Task;

/**
 * A request that a server answers with more than it gets.
 *
 * @param task {@link Task#DOWN}, {@link Task#FILE} or {@link Task#HOLD}
 * @param bytes how many bytes to answer with
 */
public record Request(Task task, long bytes) {
    /** Asks for an answer that begins and does not end. */
    public static final Request HOLD = new Request(Task.HOLD, 0);

    /** For systems that have nothing but bytes for it. */
    public String text() {
        return task.word() + " " + bytes;
    }

    public static Request parse(String text) {
        String[] words = text.split(" ");
        return new Request(Task.valueOf(words[0].toUpperCase(Locale.ROOT)), Long.parseLong(words[1]));
    }
}
