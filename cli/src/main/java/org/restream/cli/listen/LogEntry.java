package org.restream.cli.listen;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.restream.ServerEvent;
import org.restream.cli.listen.store.OutputFolder;

/**
 * What the log reports about an exchange in addition to its events. The handler fills it in; it is read when the
 * exchange has ended. Each is the current one of the thread that runs the handler, and of the one that reports the end.
 */
final class LogEntry {
    private static final ThreadLocal<LogEntry> CURRENT = ThreadLocal.withInitial(LogEntry::new);

    private final long began = System.nanoTime();
    private OutputFolder.@Nullable Stored stored;
    private @Nullable String fate;
    private @Nullable String refused;
    private volatile @Nullable RefusalReason refusing;
    private boolean printed;

    private LogEntry() {}

    /** Starts the entry of an exchange on this thread. */
    static LogEntry begin() {
        CURRENT.remove();
        return current();
    }

    /** Makes the entry that of the exchange whose end this thread reports. */
    static LogEntry resume(LogEntry entry) {
        CURRENT.set(entry);
        return entry;
    }

    /** The entry of the exchange that this thread serves. */
    static LogEntry current() {
        return CURRENT.get();
    }

    /** How long the exchange has taken so far. */
    Duration taken() {
        return Duration.ofNanos(System.nanoTime() - began);
    }

    /** Adds what is known here to the fields of an event of this exchange. */
    void addTo(Map<String, @Nullable Object> fields, ServerEvent event) {
        if (event instanceof ServerEvent.Completed || event instanceof ServerEvent.Failed) {
            fields.put("durationMs", taken().toMillis());
            if (stored != null) {
                fields.put("stored", stored.toMap());
            }
        }
        if (refused != null) {
            fields.put("refused", refused);
        }
        if (event instanceof ServerEvent.Failed && fate != null) {
            fields.put("fate", fate);
        }
    }

    /** What has become of the body of a failed exchange; null if there is nothing to report. */
    @Nullable
    String fate() {
        return fate;
    }

    /** Whether bytes of the body have been written to stdout, which can't be undone. */
    boolean hasPrinted() {
        return printed;
    }

    /** Where the whole body is stored; null if it is not stored. */
    OutputFolder.@Nullable Stored stored() {
        return stored;
    }

    /** Bytes of the body are about to be written to stdout. */
    void printing() {
        printed = true;
        fate = "the part of its body that had arrived has been printed";
    }

    void printedWhole() {
        fate = "its body has been printed, whole";
    }

    /** The part of the body that had arrived has been deleted. */
    void nothingKept() {
        fate = "nothing of it is kept";
    }

    /** An upload was cut: the next exchange goes on with it. */
    void partKept() {
        fate = "what has arrived of the upload is kept";
    }

    /** An upload was refused after the answer's header had been sent. */
    void refused(String reason) {
        refused = reason;
        fate = "refused: " + reason;
    }

    /** Why an upload was refused; null if it was not. */
    @Nullable
    String refused() {
        return refused;
    }

    /** The request is about to be refused, by any thread of its exchange. */
    void refusing(RefusalReason reason) {
        refusing = reason;
    }

    /** Why the request is refused, if whoever does it has said so. */
    @Nullable
    RefusalReason refusing() {
        return refusing;
    }

    void stored(OutputFolder.Stored whole) {
        stored = whole;
        fate = "its body is stored, whole, as " + whole.name();
    }
}
