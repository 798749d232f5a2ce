package org.restream.cli.listen;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.time.Duration;
import org.restream.Refusal;
import org.restream.cli.command.Causes;
import org.restream.cli.listen.store.PartFile;

/**
 * Turns what this machine can't do for one exchange into refusals for now, so that the sender comes again when there may be room.
 */
final class LocalTrouble {
    private static final Duration RETRY_AFTER = Duration.ofMinutes(1);

    private final LogEntry entry = LogEntry.current();

    interface Work<T, X extends Exception> {
        T run() throws IOException, X;
    }

    /** Runs what needs the disk, on any thread. */
    <T, X extends Exception> T storing(Work<T, X> work) throws Refusal, X {
        try {
            return work.run();
        } catch (IOException e) {
            throw refusal("it can't be stored now: ", RefusalReason.STORAGE, e);
        }
    }

    /** Starts a command. */
    <T, X extends Exception> T starting(Work<T, X> work) throws Refusal, X {
        try {
            return work.run();
        } catch (FileSystemException e) {
            throw refusal("the command can't be run now: ", RefusalReason.STORAGE, e);
        } catch (IOException e) {
            throw refusal("the command can't be run now: ", RefusalReason.COMMAND, e);
        }
    }

    void write(PartFile part, byte[] bytes, int count) throws Refusal {
        storing(() -> {
            part.write(bytes, count);
            return count;
        });
    }

    private Refusal refusal(String what, RefusalReason reason, IOException e) {
        entry.refusing(reason);
        // without the path, which is no business of the sender
        Refusal refusal = new Refusal(what + Causes.withoutFile(e), RETRY_AFTER);
        refusal.initCause(e);
        return refusal;
    }
}
