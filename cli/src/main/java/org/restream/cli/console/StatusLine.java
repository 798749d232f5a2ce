package org.restream.cli.console;

import java.io.PrintWriter;

/** Stderr with an optional status line at its end that is redrawn in place. Other lines are printed above it. */
public final class StatusLine {
    private static final String ERASE = "\r\u001b[K";

    private final PrintWriter err;
    private boolean shown;
    private boolean closed;

    public StatusLine(PrintWriter err) {
        this.err = err;
    }

    /** Draws this status line in place of the last one. It must fit into the terminal's width. */
    public synchronized void show(String line) {
        if (!closed) {
            err.print(ERASE + line);
            err.flush();
            shown = true;
        }
    }

    /** Prints a line that stays. */
    public synchronized void println(String line) {
        erase();
        err.println(line);
        err.flush();
    }

    /** Removes the status line, for good. */
    public synchronized void close() {
        erase();
        closed = true;
    }

    private void erase() {
        if (shown) {
            err.print(ERASE);
            err.flush();
            shown = false;
        }
    }
}
