package org.restream.cli.listen;

import java.io.IOException;
import java.time.Duration;
import org.restream.Refusal;
import org.restream.cli.command.Causes;
import org.restream.cli.listen.store.PartFile;

/** Turns a disk's errors during one exchange into refusals for now, so that the sender comes again when there may be room. */
final class Storing {
    /** When a sender tries again whose body, or the answer to it, could not be stored. */
    private static final Duration RETRY_AFTER = Duration.ofMinutes(1);

    private final LogEntry entry = LogEntry.current();

    interface Keeping<T, X extends Exception> {
        T run() throws IOException, X;
    }

    /** Runs what needs the disk, on any thread. */
    <T, X extends Exception> T kept(Keeping<T, X> keeping) throws Refusal, X {
        try {
            return keeping.run();
        } catch (IOException e) {
            entry.refusing(RefusalReason.STORAGE);
            // without the path, which is no business of the sender
            Refusal refusal = new Refusal("it can't be stored now: " + Causes.withoutFile(e), RETRY_AFTER);
            refusal.initCause(e);
            throw refusal;
        }
    }

    void write(PartFile part, byte[] bytes, int count) throws Refusal {
        kept(() -> {
            part.write(bytes, count);
            return count;
        });
    }
}
