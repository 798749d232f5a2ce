package org.restream.reliability.blackbox;

import java.nio.file.Path;
import java.util.List;

/**
 * What was seen of a transfer.
 *
 * @param plan what was planned
 * @param parts what went in
 * @param status the sender's exit status; -1 if it did not end
 * @param folder of the sender: its answer and what it said
 * @param receiver what received
 * @param from where in the receiver's stdout this transfer began
 * @param receiverAlive whether it was there at the end
 * @param receiverStatus of {@code --once}; -1 if it did not end
 * @param way how they were connected
 * @param left what had not ended in time
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

    /** The last thing the sender said. */
    String lastWords() {
        return Logs.lastLine(Sending.errors(folder));
    }

    /** How many headers of answers it has shown. */
    long headers() {
        return errors().lines().filter(line -> line.startsWith("{")).count();
    }

    long retries() {
        return errors().lines().filter(line -> line.contains("next attempt at")).count();
    }
}
