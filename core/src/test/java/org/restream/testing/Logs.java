package org.restream.testing;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Catches what the library logs in a test, so that it can be checked and is not printed. */
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

    /** Runs this for each line, to simulate a log that fails. */
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

    /** The logged exceptions. */
    public List<Throwable> thrown() {
        return List.copyOf(thrown);
    }

    @Override
    public void close() {
        current = null;
    }
}
