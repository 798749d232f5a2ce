package org.restream.testing;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Catches what is logged, where a test makes the library log: so that it is checked, and not printed. */
public final class Logs implements AutoCloseable {
    private static volatile Logs current;

    private final List<Throwable> thrown = new CopyOnWriteArrayList<>();

    private volatile Runnable trouble = () -> {};

    private Logs() {}

    public static Logs catchAll() {
        Logs logs = new Logs();
        current = logs;
        return logs;
    }

    /** Has this done with each line, as a log that is in trouble itself. */
    public Logs with(Runnable trouble) {
        this.trouble = trouble;
        return this;
    }

    static boolean caught(String message, Throwable thrown) {
        Logs logs = current;
        if (logs == null) {
            return false;
        }
        logs.thrown.add(thrown == null ? new AssertionError(message) : thrown);
        logs.trouble.run();
        return true;
    }

    /** What was logged, as exceptions. */
    public List<Throwable> thrown() {
        return List.copyOf(thrown);
    }

    @Override
    public void close() {
        current = null;
    }
}
