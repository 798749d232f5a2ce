package org.restream.benchmarks.server;

/** Finds the end of the header, which is all that a minimal server needs to know about it. */
public final class BlankLine {
    private boolean found;
    private boolean newline;

    /** Consumes a byte of the header; false if the blank line was found before. */
    public boolean takes(byte next) {
        if (found) {
            return false;
        }
        found = next == '\n' && newline;
        newline = next == '\n';
        return true;
    }

    public boolean found() {
        return found;
    }
}
