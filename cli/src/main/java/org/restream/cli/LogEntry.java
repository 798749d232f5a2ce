package org.restream.cli;

import org.jspecify.annotations.Nullable;

/**
 * What the log says of an exchange beyond its events: filled in by the handler, read when the exchange has ended. It is the
 * thread's, since one thread serves an exchange and tells its events, from the first to the last.
 */
final class LogEntry {
    private static final ThreadLocal<LogEntry> CURRENT = ThreadLocal.withInitial(LogEntry::new);

    private @Nullable String fate;
    private boolean printed;
    private boolean stored;

    private LogEntry() {}

    /** For the exchange that begins on this thread. */
    static LogEntry begin() {
        CURRENT.remove();
        return current();
    }

    /** Of the exchange that this thread serves. */
    static LogEntry current() {
        return CURRENT.get();
    }

    /** What has become of the body, where that is not told by its clean end; null where there is nothing to say. */
    @Nullable
    String fate() {
        return fate;
    }

    /** Whether bytes of the body have gone to stdout, which can't be taken back. */
    boolean hasPrinted() {
        return printed;
    }

    /** Bytes of the body are about to go to stdout. */
    void printing() {
        printed = true;
        fate = "what had come of its body has been printed";
    }

    void printedWhole() {
        fate = "its body has been printed, whole";
    }

    /** What had come of the body is gone. */
    void nothingKept() {
        fate = "nothing of it is kept";
    }

    boolean isStored() {
        return stored;
    }

    void stored(String name) {
        stored = true;
        fate = "its body is stored, whole, as " + name;
    }
}
