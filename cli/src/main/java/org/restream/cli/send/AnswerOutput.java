package org.restream.cli.send;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashSet;
import java.util.Set;
import org.restream.cli.command.Causes;
import org.restream.cli.command.CommandException;
import org.restream.cli.command.ExitStatus;
import org.restream.cli.console.Stdout;

/**
 * Writes the answers of several exchanges to stdout, whole and in the order of the files. An answer that arrives before
 * its turn is kept in memory if it is small. A larger one is not read further, which makes its server wait too.
 */
final class AnswerOutput {
    private static final int KEPT = 64 * 1024;

    private final OutputStream out;
    private final Runnable beforeWrite;

    // guarded by this
    private int turn;
    private final Set<Integer> ended = new HashSet<>();

    /**
     * @param beforeWrite is called before anything is written
     */
    AnswerOutput(OutputStream out, Runnable beforeWrite) {
        this.out = out;
        this.beforeWrite = beforeWrite;
    }

    /** The output for the exchange with that number, counted from 0. */
    Slot slot(int number) {
        return new Slot(number);
    }

    private synchronized boolean isTurn(int number) {
        return turn == number;
    }

    private synchronized void awaitTurn(int number) throws InterruptedException {
        while (turn != number) {
            wait();
        }
    }

    private synchronized void ended(int number) {
        if (number >= turn) {
            ended.add(number);
        }
        while (ended.remove(turn)) {
            turn++;
        }
        notifyAll();
    }

    private void write(byte[] bytes) throws CommandException {
        try {
            beforeWrite.run();
            out.write(bytes);
            out.flush();
        } catch (IOException e) {
            throw refused(e);
        }
    }

    private static CommandException refused(IOException e) {
        if (Stdout.readerGone(e)) {
            return new CommandException(ExitStatus.CLOSED_OUTPUT, "stdout is closed", e);
        }
        return new CommandException(ExitStatus.LOCAL, "can't write to stdout: " + Causes.line(e), e);
    }

    /** The output of one exchange. Its {@link #end} or {@link #drop} lets the next one write. */
    final class Slot {
        private final int number;
        private final ByteArrayOutputStream kept = new ByteArrayOutputStream(0);

        private Slot(int number) {
            this.number = number;
        }

        void write(byte[] bytes) throws CommandException, InterruptedException {
            if (!isTurn(number) && kept.size() + bytes.length <= KEPT) {
                kept.writeBytes(bytes);
                return;
            }
            writeKept();
            AnswerOutput.this.write(bytes);
        }

        private void writeKept() throws CommandException, InterruptedException {
            awaitTurn(number);
            if (kept.size() > 0) {
                AnswerOutput.this.write(kept.toByteArray());
                kept.reset();
            }
        }

        /** The answer is complete. Waits until all before it are written. */
        void end() throws CommandException, InterruptedException {
            writeKept();
            ended(number);
        }

        /** Discards what is kept of the answer; no more will come. After {@link #end} this has no effect. */
        void drop() {
            ended(number);
        }
    }
}
