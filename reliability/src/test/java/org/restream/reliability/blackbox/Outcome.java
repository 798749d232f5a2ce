package org.restream.reliability.blackbox;

import java.nio.file.Path;
import java.util.List;

/**
 * The observed outcome of a transfer.
 *
 * @param plan the plan
 * @param parts what was sent
 * @param status the sender's exit status; -1 if it did not end
 * @param folder the sender's folder, with its answer and its log
 * @param receiver the receiver
 * @param from where this transfer begins in the receiver's stdout
 * @param receiverAlive whether the receiver was running at the end
 * @param receiverStatus the status of {@code --once}; -1 if it did not end
 * @param way how they were connected
 * @param left the processes that had not ended in time
 */
record Outcome(
        Plan plan,
        List<Part> parts,
        int status,
        Path folder,
        Listener receiver,
        long from,
        boolean receiverAlive,
        int receiverStatus,
        Way way,
        List<String> left) {
    Part part() {
        return parts.get(0);
    }

    String errors() {
        return Logs.text(Sending.errors(folder));
    }

    Path answer() {
        return Sending.answer(folder);
    }

    /** The last line of the sender's log. */
    String lastWords() {
        return Logs.lastLine(Sending.errors(folder));
    }

    /** The number of answers' headers that it has printed. */
    long headers() {
        return errors().lines().filter(line -> line.startsWith("{")).count();
    }

    long retries() {
        return errors().lines().filter(line -> line.contains("next attempt at")).count();
    }
}
