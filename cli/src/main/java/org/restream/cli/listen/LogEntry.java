package org.restream.cli.listen;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.restream.ServerEvent;
import org.restream.cli.listen.store.OutputFolder;

/**
 * What the log says of an exchange beyond its events: filled in by the handler, read when the exchange has ended. It is the
 * thread's, since one thread serves an exchange and tells its events, from the first to the last.
 */
final class LogEntry {
    private static final ThreadLocal<LogEntry> CURRENT = ThreadLocal.withInitial(LogEntry::new);

    private final long began = System.nanoTime();
    private OutputFolder.@Nullable Stored stored;
    private @Nullable String fate;
    private boolean printed;

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

    /** How long the exchange has taken until now. */
    Duration taken() {
        return Duration.ofNanos(System.nanoTime() - began);
    }

    /** Adds to the fields of an event of this exchange what is known besides. */
    void addTo(Map<String, @Nullable Object> fields, ServerEvent event) {
        if (event instanceof ServerEvent.Completed || event instanceof ServerEvent.Failed) {
            fields.put("durationMs", taken().toMillis());
            if (stored != null) {
                fields.put("stored", stored.toMap());
            }
        }
        if (event instanceof ServerEvent.Failed && fate != null) {
            fields.put("fate", fate);
        }
    }

    /** What has become of the body of an exchange that failed; null where there is nothing to say. */
    @Nullable
    String fate() {
        return fate;
    }

    /** Whether bytes of the body have gone to stdout, which can't be taken back. */
    boolean hasPrinted() {
        return printed;
    }

    /** Where the body is stored, whole; null if it is not. */
    OutputFolder.@Nullable Stored stored() {
        return stored;
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

    void stored(OutputFolder.Stored whole) {
        stored = whole;
        fate = "its body is stored, whole, as " + whole.name();
    }
}
